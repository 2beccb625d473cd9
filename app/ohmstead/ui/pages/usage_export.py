"""Copying and saving what Usage shows: values, a CSV file, a picture as PNG or SVG.

The menu and its dialogs are opened, never executed. Not here: the words of the file
(``presenters.usage_words``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ohmstead.errors import ExternalError
from ohmstead.system.files import write_file
from ohmstead.ui.pages.picture import render_drawing, render_page
from ohmstead.ui.presenters.usage_words import csv_of
from ohmstead.ui.presenters.view_models import ChartModel, UsageView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.menu import Menu


class ExportMenu(QObject):
    """*Copy values*, *Save as CSV…*, *Save picture…*, *Save drawing…*.

    Signals:
        copied: the values are on the clipboard.
        saved: a file was written; its path as text.
        failed: a file could not be written; the sentence to show.
    """

    copied = Signal()
    saved = Signal(str)
    failed = Signal(str)

    def __init__(
        self, look: Look, page: QWidget, view: Callable[[], UsageView | None], words: Wording
    ) -> None:
        super().__init__(page)
        self._page, self._view = page, view
        self._words = words
        self._menu = Menu(look, page)
        self._copy = self._menu.add(words.tr("Copy values"), self.copy_values, icon="copy", keys="Ctrl+C")
        self._csv = self._menu.add(words.tr("Save as CSV…"), self.ask_csv, icon="document")
        self._menu.add(words.tr("Save picture…"), self.ask_picture, icon="download", keys="Ctrl+S")
        self._menu.add(words.tr("Save drawing (SVG)…"), self.ask_drawing, icon="download")

    def open_below(self, button: QWidget) -> None:
        """Open the menu under a button."""
        bars = self._chart() is not None
        self._copy.setEnabled(bars)
        self._csv.setEnabled(bars)
        self._menu.open_below(button)

    @Slot()
    def copy_values(self) -> None:
        """Put the table on the clipboard, tabs between columns."""
        chart = self._chart()
        if chart is not None:
            QGuiApplication.clipboard().setText(csv_of(chart, self._words, "\t"))
            self.copied.emit()

    @Slot(str)
    def save_csv(self, path: str) -> None:
        """Write the table; says ``saved`` or ``failed``."""
        chart = self._chart()
        if chart is not None:
            self._tell(path, lambda: write_file(Path(path), csv_of(chart, self._words).encode(), mode=0o644))

    @Slot(str)
    def save_picture(self, path: str) -> None:
        """Write the page as it looks, at twice the size; says ``saved`` or ``failed``."""
        self._tell(path, lambda: render_page(self._page, Path(path), 2.0))

    @Slot(str)
    def save_drawing(self, path: str) -> None:
        """Write the page as it looks, as lines and letters; says ``saved`` or ``failed``."""
        self._tell(path, lambda: render_drawing(self._page, Path(path), self._words.tr("Usage")))

    def _chart(self) -> ChartModel | None:
        view = self._view()
        return view.chart if view is not None else None

    def _tell(self, path: str, write: Callable[[], object]) -> None:
        try:
            write()
        except ExternalError as error:
            self.failed.emit(str(error))
        else:
            self.saved.emit(path)

    @Slot()
    def ask_csv(self) -> None:
        """Ask where to save the table."""
        self._ask(self._words.tr("Save as CSV"), "csv").fileSelected.connect(self.save_csv)

    @Slot()
    def ask_picture(self) -> None:
        """Ask where to save the picture."""
        self._ask(self._words.tr("Save picture"), "png").fileSelected.connect(self.save_picture)

    @Slot()
    def ask_drawing(self) -> None:
        """Ask where to save the drawing."""
        self._ask(self._words.tr("Save drawing"), "svg").fileSelected.connect(self.save_drawing)

    def _ask(self, title: str, suffix: str) -> QFileDialog:
        dialog = QFileDialog(self._page, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setNameFilter(f"*.{suffix}")
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
