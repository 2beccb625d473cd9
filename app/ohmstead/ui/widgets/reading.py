"""Longer text to read: a report in mono, and documents in Markdown set in the type styles of the tokens.

Not here: reading files (a page's job), which documents there are.
"""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextBrowser

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.sheets import scroll_sheet
from ohmstead.ui.widgets.base import by_keyboard

_HEADS = {1: ("lead", 0, 10), 2: ("title", 26, 8), 3: ("heading", 20, 4)}


def anchor_of(heading: str) -> str:
    """What a heading is linked by: letters and digits in lower case, other signs left out, spaces as hyphens."""
    kept = "".join(c for c in heading.lower() if c.isalnum() or c in " -_")
    return kept.strip().replace(" ", "-")


class PlainReading(QPlainTextEdit):
    """Text in mono on a sunken ground, to read and to copy."""

    def __init__(self, look: Look, text: str, name: str) -> None:
        super().__init__()
        self._look = look
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(look.theme.font("mono"))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(10)
        self.setPlainText(text)
        look.theme.changed.connect(self.recolour)
        self.recolour()

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        colour = self._look.theme.tokens.colour[self._look.theme.mode]
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {colour['sunken']}; border: 1px solid {colour['sunken']};"
            f" border-radius: 7px; color: {colour['text']}; }}"
            f"QPlainTextEdit:focus {{ border-color: {colour['focus']}; }}" + scroll_sheet(self._look.theme)
        )


class Reading(QTextBrowser):
    """A Markdown document in our type, its lines no longer than ``wide`` pixels. Links are said, not followed.

    Signals:
        linked: a link was pressed; its address.
    """

    linked = Signal(str)

    def __init__(self, look: Look, name: str, wide: int) -> None:
        super().__init__()
        self._ringed = False
        self._anchor, self._begun_at = "", 0
        self._look, self._wide = look, wide
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._press)
        look.theme.changed.connect(self.recolour)
        self.recolour()

    def show_text(self, markdown: str) -> None:
        """Show a document, from its top."""
        document = self.document()
        document.setDefaultFont(self._look.theme.font("body"))
        document.setMarkdown(
            markdown,
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML,
        )
        self._dress(document)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def go_to(self, anchor: str) -> None:
        """Begin at the heading of this anchor; at the top where there is none such."""
        self._anchor = anchor
        self._begin_there()

    def _begin_there(self) -> None:
        top, block = 0.0, self.document().begin()
        while self._anchor and block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == self._anchor:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                break
            block = block.next()
        self.verticalScrollBar().setValue(round(top))
        self._begun_at = self.verticalScrollBar().value()

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        colour = self._look.theme.tokens.colour[self._look.theme.mode]
        self.setStyleSheet(
            f"QTextBrowser {{ background: transparent; border: 0; color: {colour['text']};"
            f" selection-background-color: {colour['accent_soft']}; selection-color: {colour['text']}; }}"
            + scroll_sheet(self._look.theme)
        )
        # Dressed again, not read again: laid out anew it is short for a moment, and its place is lost.
        self._dress(self.document())

    @Slot(QUrl)
    def _press(self, address: QUrl) -> None:
        self.linked.emit(address.toString())

    def resizeEvent(self, event: QResizeEvent) -> None:
        unmoved = bool(self._anchor) and self.verticalScrollBar().value() == self._begun_at
        spare = self.width() - self._wide - self.verticalScrollBar().sizeHint().width()
        self.setViewportMargins(0, 0, max(spare, 0), 0)
        super().resizeEvent(event)
        if unmoved:
            self._begin_there()  # lines break elsewhere now

    # ---- dress --------------------------------------------------------------------------------

    def _dress(self, document: QTextDocument) -> None:
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            self._dress_block(cursor, block)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        cursor.endEditBlock()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.viewport().update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._ringed:
            with self._look.brush(self.viewport()) as brush:
                brush.focus_ring(self.viewport().rect().toRectF(), self._look.theme.tokens.radius["control"])

    def _dress_block(self, cursor: QTextCursor, block: QTextBlock) -> None:
        theme = self._look.theme
        level = block.blockFormat().headingLevel()
        code = bool(block.blockFormat().property(QTextFormat.Property.BlockCodeFence)) or bool(
            block.blockFormat().nonBreakableLines()
        )
        style, above, below = _HEADS.get(level, ("mono", 0, 0) if code else ("body", 0, 9))
        cursor.setPosition(block.position())
        shape = QTextBlockFormat()
        shape.setLineHeight(theme.style(style).line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        shape.setTopMargin(above)
        in_list = block.textList() is not None and block.next().textList() is not None
        in_table = cursor.currentTable() is not None
        shape.setBottomMargin(4 if in_list else 0 if in_table else below)
        if code:
            shape.setBackground(theme.colour("sunken"))
        cursor.mergeBlockFormat(shape)
        for at, long, kind in _pieces(block):
            dressed = QTextCharFormat()
            mono = code or kind.fontFixedPitch()
            font = QFont(theme.font("mono" if mono else style))
            if not level and not mono and kind.fontWeight() > QFont.Weight.Normal:
                font = QFont(theme.font("strong"))
            font.setItalic(kind.fontItalic())
            dressed.setFont(font)
            dressed.setFontFixedPitch(mono)  # known again at the next theme
            dressed.setForeground(theme.colour("accent" if kind.isAnchor() else "text"))
            dressed.setFontUnderline(kind.isAnchor())
            cursor.setPosition(at)
            cursor.setPosition(at + long, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(dressed)

    def _dress_table(self, table: QTextTable) -> None:
        shape = table.format()
        shape.setBorder(0)
        shape.setCellPadding(0)
        shape.setCellSpacing(0)
        shape.setBorderCollapse(True)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        shape.setTopMargin(4)
        shape.setBottomMargin(14)
        table.setFormat(shape)
        for i in range(table.rows()):
            for k in range(table.columns()):
                cell = table.cellAt(i, k)
                look = cell.format().toTableCellFormat()
                look.setBottomBorder(1)
                look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                look.setBottomBorderBrush(self._look.theme.colour("line" if i else "line_strong"))
                look.setTopPadding(7)
                look.setBottomPadding(7)
                look.setRightPadding(20)
                cell.setFormat(look)


def _pieces(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Place, length and format of what a block consists of.

    All of them before any is changed: neighbours that come to look alike become one, and Qt's iterator falls off.
    """
    pieces = []
    spans = block.begin()
    while not spans.atEnd():
        piece = spans.fragment()
        pieces.append((piece.position(), piece.length(), piece.charFormat()))
        spans += 1
    return pieces
