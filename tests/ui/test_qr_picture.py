"""Pictures of labels as they come: sharp, turned, large, beside other codes; and what is no label."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ohmstead.core.keys import SigningKey
from ohmstead.link.label import Label
from ohmstead.ui import qr_picture
from ohmstead.ui.qr_picture import (
    Dropped,
    NoLabel,
    PictureFault,
    paint_modules,
    qr_image,
    qr_modules,
    read_label,
)

LABEL = Label(bytes(range(10)), 0x3C9, b"g" * 32, SigningKey.from_seed(b"k" * 32).public)
PAPER = QColor(Qt.GlobalColor.white)


@pytest.fixture(autouse=True)
def gui(qapp: QApplication) -> None:
    """Painting needs the application."""


def on_paper(*codes: QImage, turn: float = 0, size: int = 1600) -> QImage:
    paper = QImage(size, size, QImage.Format.Format_RGB32)
    paper.fill(QColor(205, 210, 190))
    painter = QPainter(paper)
    for i, code in enumerate(codes):
        painter.save()
        painter.translate(300 + i * 620, 500)
        painter.rotate(turn)
        painter.drawImage(0, 0, code)
        painter.restore()
    painter.end()
    return paper


def fault(given: Dropped) -> PictureFault:
    with pytest.raises(NoLabel) as caught:
        read_label(given)
    return caught.value.fault


def test_a_label_as_it_is_drawn_is_read_back() -> None:
    found = read_label(Dropped(image=qr_image(LABEL.qr_text)))
    assert (found.text, found.mark, found.words) == (LABEL.qr_text, "3C9", LABEL.words)
    assert LABEL.qr_text not in repr(found)


@pytest.mark.parametrize("ending", ["png", "jpg", "bmp", "webp"])
def test_from_a_file_whatever_it_is_called(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"label.{ending}"
    assert on_paper(qr_image(LABEL.qr_text, 10), turn=21).save(str(path))
    misnamed = path.rename(tmp_path / "photo.dat")
    assert read_label(Dropped(path=misnamed)).mark == "3C9"


def test_with_clear_parts_on_a_dark_ground() -> None:
    code = qr_image(LABEL.qr_text).convertToFormat(QImage.Format.Format_ARGB32)
    clear = QImage(code.size(), QImage.Format.Format_ARGB32)
    clear.fill(Qt.GlobalColor.transparent)
    for y in range(code.height()):
        for x in range(0, code.width()):
            if code.pixelColor(x, y) != PAPER:
                clear.setPixelColor(x, y, QColor("black"))
    assert read_label(Dropped(image=clear)).mark == "3C9"


def test_beside_another_code() -> None:
    paper = on_paper(qr_image("https://example.org"), qr_image(LABEL.qr_text))
    assert read_label(Dropped(image=paper)).mark == "3C9"


def test_as_text() -> None:
    assert read_label(Dropped(text=f" {LABEL.qr_text}\n".strip())).mark == "3C9"


@pytest.mark.parametrize("number", [2, 5])
def test_what_is_missing_or_other(number: int) -> None:
    assert fault(Dropped(image=on_paper())) is PictureFault.NO_CODE
    assert fault(Dropped(image=qr_image("https://example.org"))) is PictureFault.OTHER_CODE
    damaged = LABEL.qr_text[:-number] + "0" * number
    assert fault(Dropped(image=qr_image(damaged))) is PictureFault.DAMAGED
    assert fault(Dropped(image=QImage())) is PictureFault.NO_PICTURE
    assert fault(Dropped()) is PictureFault.NO_PICTURE


def test_files_that_are_none(tmp_path: Path) -> None:
    assert fault(Dropped(path=tmp_path / "missing.png")) is PictureFault.UNREADABLE
    assert fault(Dropped(path=tmp_path)) is PictureFault.UNREADABLE
    path = tmp_path / "label.png"
    for data in (b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + bytes(40)):
        path.write_bytes(data)
        assert fault(Dropped(path=path)) is PictureFault.NO_PICTURE
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    assert fault(Dropped(path=path)) is PictureFault.NO_PICTURE, "a drawing is a program"
    good = tmp_path / "good.png"
    qr_image(LABEL.qr_text).save(str(good))
    path.write_bytes(good.read_bytes()[:-200])
    assert fault(Dropped(path=path)) in (PictureFault.NO_PICTURE, PictureFault.NO_CODE)


def test_too_large_is_refused_before_it_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "wide.png"
    wide = QImage(9000, 5000, QImage.Format.Format_Mono)
    wide.fill(0)
    assert wide.save(str(path))
    monkeypatch.setattr(qr_picture, "_codes", lambda _: pytest.fail("decoded"))
    assert fault(Dropped(path=path)) is PictureFault.TOO_LARGE
    assert fault(Dropped(image=wide)) is PictureFault.TOO_LARGE
    monkeypatch.setattr(qr_picture, "MAX_BYTES", 1000)
    path.write_bytes(bytes(1001))
    assert fault(Dropped(path=path)) is PictureFault.TOO_LARGE


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_modules_have_sharp_edges_at_every_scale(ratio: float) -> None:
    image = QImage(round(200 * ratio), round(200 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_modules(painter, QRectF(6.5, 6.5, 187, 187), qr_modules(LABEL.qr_text), QColor("black"))
    painter.end()
    image.setDevicePixelRatio(1)
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert seen == {"#ffffff", "#000000"}
    assert read_label(Dropped(image=image)).mark == "3C9"
