"""Laying specimens out on sheets, one picture per group."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from tests.ui.gallery.specimens import Ground, Specimen, enter, specimens

PAPER = 1200  # pixels wide
_EDGE, _GAP, _LABEL = 24, 20, 20
ROOM = 12  # round a part, so that what it paints outside itself would be seen


class Paper(QWidget):
    """The page's ground behind one part."""

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._ground = ground
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the window's activation would focus the part

    def paintEvent(self, event: object) -> None:
        with self._ground.look.brush(self) as brush:
            brush.painter.fillRect(self.rect(), brush.colour("page"))


@dataclass(frozen=True)
class Shown:
    """A specimen standing on its paper."""

    specimen: Specimen
    paper: Paper
    part: QWidget


def stand(specimen: Specimen, ground: Ground) -> Shown:
    """Make a specimen and bring it into its state. The caller closes the paper."""
    paper = Paper(ground)
    part = specimen.make(ground)
    part.setParent(paper)
    part.move(QPoint(ROOM, ROOM))
    paper.show()
    part.show()
    QCoreApplication.sendPostedEvents()
    hint = part.sizeHint() if part.sizeHint().isValid() else part.size()
    wide, high = specimen.wide or hint.width(), hint.height()
    layout = part.layout()
    if layout is not None and layout.hasHeightForWidth():
        high = layout.totalHeightForWidth(max(wide, part.minimumWidth()))
    part.resize(wide, high)
    paper.resize(part.width() + 2 * ROOM, part.height() + 2 * ROOM)
    QCoreApplication.sendPostedEvents()
    paper.activateWindow()
    paper.setFocus()
    QCoreApplication.processEvents()  # a window is active only after the loop has said so
    enter(part, specimen.state)
    return Shown(specimen, paper, part)


def picture(shown: Shown, scale: float) -> QPixmap:
    """A picture of what stands there."""
    size = shown.paper.size()
    made = QPixmap(QSize(round(size.width() * scale), round(size.height() * scale)))
    made.setDevicePixelRatio(scale)
    shown.paper.render(made)
    return made


def sheets(ground: Ground, scale: float) -> Iterator[tuple[str, QPixmap]]:
    """One picture per group: parts from left to right, their name and state over them."""
    groups: dict[str, list[tuple[Specimen, QPixmap]]] = {}
    for specimen in specimens():
        shown = stand(specimen, ground)
        groups.setdefault(specimen.group, []).append((specimen, picture(shown, scale)))
        shown.paper.close()
        shown.paper.deleteLater()
    for group, parts in groups.items():
        yield group, _compose(ground, parts, scale)


def _compose(ground: Ground, parts: list[tuple[Specimen, QPixmap]], scale: float) -> QPixmap:
    places, x, y, high, name = [], _EDGE, _EDGE, 0, ""
    for specimen, part in parts:
        size = part.deviceIndependentSize()
        wide, tall = math.ceil(max(size.width(), 116)), math.ceil(size.height()) + _LABEL
        if x > _EDGE and (x + wide > PAPER - _EDGE or (specimen.name != name and specimen.ring is False
                                                       and specimen.state == "rest" and wide < 300)):  # fmt: skip
            x, y, high = _EDGE, y + high + _GAP, 0
        places.append((x, y))
        x, high, name = x + wide + _GAP, max(high, tall), specimen.name
    total = y + high + _EDGE
    sheet = QPixmap(round(PAPER * scale), round(total * scale))
    sheet.setDevicePixelRatio(scale)
    sheet.fill(Qt.GlobalColor.transparent)
    with ground.look.brush(sheet) as brush:
        brush.painter.fillRect(0, 0, PAPER, total, brush.colour("page"))
        for (specimen, part), (left, top) in zip(parts, places, strict=True):
            brush.text(left + ROOM, top, f"{specimen.name}, {specimen.state}", "micro", "text_3")
            brush.painter.drawPixmap(left, top + _LABEL - 6, part)
    return sheet


def draw(ground: Ground, out: Path, suffix: str, scale: float) -> list[Path]:
    """Write all sheets into a folder; returns the files."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for group, sheet in sheets(ground, scale):
        file = out / f"{group}-{suffix}.png"
        assert sheet.save(str(file), "PNG")
        files.append(file)
    return files
