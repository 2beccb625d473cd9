"""Copying and saving what Usage shows: values, a CSV file, a picture.

The menu and its dialogs are opened, never executed. Not here: the words of the file
(``presenters.usage_words``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ohmstead.errors import ExternalError
from ohmstead.system.files import write_file
from ohmstead.ui.pages.picture import render_page
from ohmstead.ui.presenters.usage_words import csv_of
from ohmstead.ui.presenters.view_models import ChartModel, UsageView
from ohmstead.ui.presenters.wording import Wording


class ExportMenu(QObject):
    """*Copy values*, *Save as CSV…*, *Save picture…*.

    Signals:
        copied: the values are on the clipboard.
        saved: a file was written; its path as text.
        failed: a file could not be written; the sentence to show.
    """

    copied = Signal()
    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, page: QWidget, view: Callable[[], UsageView | None], words: Wording) -> None:
        super().__init__(page)
        self._page, self._view = page, view
        self._words = words
        self._menu = QMenu(page)
        self._copy = self._menu.addAction(words.tr("Copy values"), self.copy_values)
        self._csv = self._menu.addAction(words.tr("Save as CSV…"), self.ask_csv)
        self._menu.addAction(words.tr("Save picture…"), self.ask_picture)

    def open_below(self, button: QWidget) -> None:
        """Open the menu under a button."""
        bars = self._chart() is not None
        self._copy.setEnabled(bars)
        self._csv.setEnabled(bars)
        self._menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

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
            self._write(Path(path), csv_of(chart, self._words).encode())

    @Slot(str)
    def save_picture(self, path: str) -> None:
        """Write the page as it looks, at twice the size; says ``saved`` or ``failed``."""
        try:
            render_page(self._page, Path(path), 2.0)
        except ExternalError as error:
            self.failed.emit(str(error))
        else:
            self.saved.emit(path)

    def _chart(self) -> ChartModel | None:
        view = self._view()
        return view.chart if view is not None else None

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_file(path, data, mode=0o644)
        except ExternalError as error:
            self.failed.emit(str(error))
        else:
            self.saved.emit(str(path))

    @Slot()
    def ask_csv(self) -> None:
        self._ask(self._words.tr("Save as CSV"), "csv").fileSelected.connect(self.save_csv)

    @Slot()
    def ask_picture(self) -> None:
        self._ask(self._words.tr("Save picture"), "png").fileSelected.connect(self.save_picture)

    def _ask(self, title: str, suffix: str) -> QFileDialog:
        dialog = QFileDialog(self._page, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setNameFilter(f"*.{suffix}")
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
