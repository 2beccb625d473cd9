"""Finding text that is cut, runs out of its widget or over other text, whatever the language's length.

Painted words are overheard where they are painted (``Brush.text``); labels are asked for the size that they need.
Here: the ears, the pseudo-language, the list of faults. Not here: which pages are looked at.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from ohmstead.ui.theme.paint import Brush, text_width
from ohmstead.ui.wording import QtWording

ROOM = 1.5  # rounding of advances
_FIELD = re.compile(r"(\{[^{}]*\})")


def longer(text: str, share: float = 0.4) -> str:
    """The text with a filler of ``share`` of its letters, fields left as they are: a language of longer words.

    The filler doubles vowels from the front, then adds to the end, so that words break where they did.
    """
    want = max(round(len(_FIELD.sub("", text)) * share), 1 if text.strip() else 0)
    out, added = [], 0
    for part in _FIELD.split(text):
        if _FIELD.fullmatch(part):
            out.append(part)
            continue
        for letter in part:
            out.append(letter)
            if letter in "aeiouAEIOU" and added < want:
                out.append(letter.lower())
                added += 1
    last = next((i for i in range(len(out) - 1, -1, -1) if out[i].isalpha()), None)
    if last is not None and added < want:
        out.insert(last, "n" * (want - added))
    return "".join(out)


class LongWording(QtWording):
    """English with 40 % longer strings; dates and months too."""

    def tr(self, text: str, **fields: str) -> str:
        return longer(super().tr(text)).format(**fields) if not fields else longer(text).format(**fields)

    def count(self, number: int, one: str, many: str, **fields: str) -> str:
        return longer(one if number == 1 else many).format(n=self.number(number), **fields)

    def month(self, year: int, month: int) -> str:
        return longer(super().month(year, month), 0.2)

    def day(self, day: int, *, weekday: bool = False, year: bool = False) -> str:
        return longer(super().day(day, weekday=weekday, year=year), 0.2)


@dataclass(frozen=True)
class Said:
    """One painted line: where in its widget, and whether it was cut with an ellipsis."""

    widget: QWidget | None
    box: QRectF
    words: str
    cut: bool


@contextmanager
def ears() -> Iterator[list[Said]]:
    """Everything that is painted inside, line by line."""
    heard: list[Said] = []
    real_init, real_text = Brush.__init__, Brush.text

    def init(self: Brush, device: Any, *rest: Any, **more: Any) -> None:
        real_init(self, device, *rest, **more)
        self.heard_by = device if isinstance(device, QWidget) else None

    def text(
        self: Brush, x: float, y: float, words: str, style: str = "body", colour: Any = "text",
        align: str = "left", width: float | None = None,
    ) -> float:  # fmt: skip
        across = text_width(self.theme, words, style)
        cut = width is not None and across > width + ROOM
        shown = min(across, max(width, 0)) if width is not None else across
        left = x - shown if align == "right" else x - shown / 2 if align == "centre" else x
        metrics = QFontMetricsF(self.theme.font(style))
        high = self.theme.style(style).line
        ink = QRectF(left, y + (high - metrics.height()) / 2, shown, metrics.height())
        if words.strip() and not self.painter.hasClipping():
            box = self.painter.worldTransform().mapRect(ink)
            heard.append(Said(self.heard_by, box, words, cut))
        elif words.strip() and cut:
            heard.append(Said(None, ink, words, cut))
        return real_text(self, x, y, words, style, colour, align, width)

    Brush.__init__, Brush.text = init, text
    try:
        yield heard
    finally:
        Brush.__init__, Brush.text = real_init, real_text


def faults(root: QWidget) -> list[str]:
    """What is wrong with the words of a widget as it stands, one sentence each; empty when all is well."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()  # layouts that wait for the loop, and those that they make wait
    with ears() as heard:
        picture = QPixmap(root.size())
        root.render(picture)
    found = [f"cut: {said.words!r} in {_name(said.widget)}" for said in heard if said.cut]
    found += [
        f"outside: {said.words!r} in {_name(said.widget)}"
        for said in heard
        if said.widget is not None and not said.cut and _outside(said)
    ]
    by_widget: dict[int, list[Said]] = {}
    for said in heard:
        if said.widget is not None:
            by_widget.setdefault(id(said.widget), []).append(said)
    for group in by_widget.values():
        # Painted twice in one picture (a cached layer, say) is not over one another.
        unique = {(s.words, round(s.box.x()), round(s.box.y())): s for s in group}.values()
        found += [
            f"over each other: {a.words!r} and {b.words!r} in {_name(a.widget)}"
            for a, b in itertools.combinations(unique, 2)
            if _over(a.box, b.box)
        ]
    found += [fault for label in root.findChildren(QLabel) if (fault := _label_fault(label))]
    return sorted(set(found))


def _over(a: QRectF, b: QRectF) -> bool:
    both = a.intersected(b)
    return both.width() > 2 and both.height() > 4


def _outside(said: Said) -> bool:
    widget, box = said.widget, said.box
    assert widget is not None
    return (
        box.left() < -ROOM
        or box.right() > widget.width() + ROOM
        or box.top() < -4
        or box.bottom() > widget.height() + 4
    )


def _label_fault(label: QLabel) -> str:
    if not shiboken6.isValid(label) or not label.isVisible() or not label.text() or label.pixmap().width():
        return ""
    words = label.accessibleName() or label.text()
    if label.wordWrap():
        need = label.heightForWidth(label.width())
        if need > label.height() + 1:
            return f"too low: {words!r} needs {need} px, has {label.height()}"
        return ""
    need = label.sizeHint().width()
    if need > label.width() + 1:
        return f"too narrow: {words!r} needs {need} px, has {label.width()}"
    if label.sizeHint().height() > label.height() + 2:
        return f"too low: {words!r}"
    return ""


def _name(widget: QWidget | None) -> str:
    if widget is None:
        return "a chart"
    return f"{type(widget).__name__} ({widget.accessibleName()})"


def hidden_by_scrolling(widget: QWidget, root: QWidget) -> bool:
    """Whether a widget lies in a scroll area (then it may reach beyond the window)."""
    at = widget.parentWidget()
    while at is not None and at is not root:
        if isinstance(at, QAbstractScrollArea):
            return True
        at = at.parentWidget()
    return False


def beyond(root: QWidget) -> list[str]:
    """Visible widgets that reach beyond the window, but for those that scroll."""
    window = QRectF(root.rect()).adjusted(-1, -1, 1, 1)
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.isWindow() or hidden_by_scrolling(widget, root):
            continue
        if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            continue
        box = QRectF(widget.rect()).translated(widget.mapTo(root, widget.rect().topLeft()))
        if not window.contains(box):
            found.append(f"beyond the window: {_name(widget)} at {box.getRect()}")
    return found
