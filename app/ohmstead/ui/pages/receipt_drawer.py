"""The receipt at the right edge: what stands behind one bar, station by station, checked as it opens.

Thin: it asks a ``ReceiptSource`` on an executor and shows the view; the newest request wins, and what is shown
stays until the answer is here. Left and right walk the quarter hours. Not here: where it stands
(``receipt_place``), marking the bar (the chart).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from ohmstead.core.slots import SLOTS_PER_HOUR
from ohmstead.errors import ExternalError, UserError
from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.pages.home_scroll import Fitted, PageScroll
from ohmstead.ui.pages.receipt_offline import OfflineSheet
from ohmstead.ui.pages.receipt_parts import Chain, ProofPath
from ohmstead.ui.presenters.receipt import ReceiptView, present_receipt
from ohmstead.ui.presenters.receipt_data import EvidenceWanted, ReceiptData, ReceiptSource, hours_of_day
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, by_keyboard, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.menu import Menu
from ohmstead.ui.widgets.parts import Banner
from ohmstead.ui.widgets.text import Rule, Text

SUFFIX = "evidence"
_SIDE, _INNER = 22, 328


class Amount(QWidget):
    """A number of the bar and what it is of."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._number = Text(look, "", "figure")
        self._words = Text(look, "", "body", "text_2")
        self.setLayout(row(self._number, column(None, self._words, 2, gap=0), None, gap=5))

    def show_amount(self, number: str, words: str) -> None:
        """Show another amount."""
        self._number.say(number)
        self._words.say(words)


class ReceiptDrawer(Painted):
    """One quarter hour's receipt. Main thread. ``clock`` is the product's time in UTC seconds.

    Signals:
        closed: the person closed it.
        moved: the person walked to this slot; it is being shown.
        shown: an answer is drawn (tests and pictures wait for it).
        saved: evidence was written; the file's path.
    """

    closed = Signal()
    moved = Signal(int)
    shown = Signal()
    saved = Signal(str)

    def __init__(
        self, look: Look, wording: Wording, jobs: Jobs, executor: Executor, clock: Callable[[], int]
    ) -> None:
        super().__init__(look)
        self._wording, self._jobs, self._executor, self._clock = wording, jobs, executor, clock
        self._source: ReceiptSource | None = None
        self._job: Job[ReceiptData] | None = None
        self._saving: Job[None] | None = None
        self._slot = 0
        self._data: ReceiptData | None = None
        self._view: ReceiptView | None = None
        self._typed = False
        self._offline: OfflineSheet | None = None
        self.setFixedWidth(round(look.theme.tokens.size["drawer"]))
        self._ringed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(wording.tr("Receipt"))
        self._build()
        self._connect()

    # ---- what others call ---------------------------------------------------------------------

    def set_source(self, source: ReceiptSource | None) -> None:
        """Another home's receipts, or none. What is shown of the former is forgotten."""
        if self._job is not None:
            self._job.cancel()
        self._source, self._data, self._view = source, None, None
        self._faces.setCurrentWidget(self._waiting)

    def set_typed(self, typed: bool) -> None:
        """Whether this home rests on a typed code (its label was not scanned)."""
        self._typed = typed

    def show_slot(self, slot: int) -> None:
        """Show the receipt of a slot, checked now. What is shown stays until it is here."""
        self._slot = slot
        if self._source is None:
            return
        if self._job is not None:
            self._job.cancel()
        source = self._source
        self._say("")
        self._job = self._jobs.start(
            self, self._executor, lambda _: source.load(slot), self._loaded, self._failed
        )

    @property
    def slot(self) -> int:
        """The slot asked for last."""
        return self._slot

    @property
    def view(self) -> ReceiptView | None:
        """What is shown, None before the first answer."""
        return self._view

    def take_focus(self) -> None:
        """The keyboard on the drawer: left and right walk, Escape closes."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self, wanted: EvidenceWanted, path: Path) -> None:
        """Write evidence; says so in the drawer, and emits ``saved``."""
        if self._source is None:
            return
        source = self._source

        def done(_: None) -> None:
            self._say(self._wording.tr("Saved as {name}", name=path.name))
            self.saved.emit(str(path))

        self._say(self._wording.tr("Writing {name}…", name=path.name))
        self._saving = self._jobs.start(
            self, self._executor, lambda _: source.save(wanted, path), done, self._not_saved
        )

    # ---- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        look, tr = self.look, self._wording.tr
        self._back = Button(look, icon="chevron-left", small=True, name=tr("The quarter hour before"))
        self._on = Button(look, icon="chevron-right", small=True, name=tr("The quarter hour after"))
        self._close = Button(look, kind="quiet", icon="close", small=True, name=tr("Close the receipt"))
        head = row(Text(look, tr("Receipt"), "heading"), None, self._back, self._on, 6, self._close, gap=4)
        self._title = Text(look, "", "small", "text_2", wrap=True)
        self._amounts = [Amount(look) for _ in range(3)]
        self._remark = Text(look, "", "small", "text_2", wrap=True)
        self._trouble = Banner(look, "alarm", "", "")
        self._chain, self._path = Chain(look), ProofPath(look)
        self._proof = Text(look, "", "small", "text_2", wrap=True)
        self._alarm = holder(column(self._trouble, gap=0, margins=(0, 0, 0, 16)))
        body = Fitted(
            column(
                self._alarm,
                self._chain,
                14,
                self._proof,
                4,
                self._path,
                None,
                gap=0,
                margins=(0, 16, 0, 8),
            )
        )
        self._absent_head = Text(look, "", "strong", wrap=True)
        self._absent_body = Text(look, "", "body", "text_2", wrap=True)
        self._retry = Button(look, tr("Try again"), "quiet")
        self._absent = holder(
            column(20, self._absent_head, 4, self._absent_body, 12, row(self._retry, None), None, gap=0)
        )
        self._waiting = holder(column(20, Text(look, tr("Checking it…"), "small", "text_2"), None, gap=0))
        self._body = PageScroll(look, body, _SIDE)
        self._faces = QStackedWidget()
        for face in (self._waiting, self._body, self._absent):
            self._faces.addWidget(face)
        self._message = Text(look, "", "small", "text_2", wrap=True)
        self._message.setMinimumHeight(look.theme.style("small").line)
        self._save = Button(look, tr("Save evidence…"), "plain", "download")
        self._check = Button(look, tr("Check it without Ohmstead"), "link")
        acts = column(row(self._save, None), row(self._check, None), gap=8)
        if self._save.sizeHint().width() + self._check.sizeHint().width() + 8 <= _INNER:
            acts = column(row(self._save, None, self._check, gap=8))
        inset = (0, 0, _SIDE, 0)
        top = column(
            head, 6, self._title, 4, *self._amounts, self._remark, 14, Rule(look), gap=0, margins=inset
        )
        low = column(Rule(look), 6, self._message, 6, acts, gap=0, margins=inset)
        self.setLayout(column(top, (self._faces, 1), low, gap=0, margins=(_SIDE, 16, 0, 18)))

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        self._retry.clicked.connect(self._again)
        self._save.clicked.connect(self._open_menu)
        self._check.clicked.connect(self._explain)

    # ---- showing ------------------------------------------------------------------------------

    def _loaded(self, data: ReceiptData) -> None:
        self._data = data
        view = self._view = present_receipt(data, self._clock(), self._wording)
        self._title.say(view.title)
        for i, part in enumerate(self._amounts):
            part.setVisible(i < len(view.amounts))
            if i < len(view.amounts):
                part.show_amount(*view.amounts[i])
        self._remark.setVisible(bool(view.remark))
        self._remark.say(view.remark)
        proven = data.receipt is not None and data.receipt.broken is None
        self._save.setEnabled(proven)
        self._save.setToolTip("" if proven else self._wording.tr("Only what holds can be saved as evidence"))
        self._check.setEnabled(bool(data.genesis_hash))
        if data.receipt is None:
            self._show_absent(view.absent_head, view.absent_body, retry=False)
        else:
            self._show_receipt(view)
        self.shown.emit()

    def _show_receipt(self, view: ReceiptView) -> None:
        self._alarm.setVisible(view.trouble is not None)
        if view.trouble is not None:
            self._trouble.say(view.trouble.head, view.trouble.body)
        self._chain.show_stations(view.stations)
        self._proof.setVisible(bool(view.proof_words))
        self._proof.say(view.proof_words)
        self._path.setVisible(bool(view.sides))
        self._path.show_path(view)
        self._faces.setCurrentWidget(self._body)

    def _show_absent(self, head: str, body: str, *, retry: bool) -> None:
        self._absent_head.say(head)
        self._absent_body.say(body)
        self._retry.setVisible(retry)
        self._faces.setCurrentWidget(self._absent)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError | ExternalError):
            raise error  # a bug: the application's reporter takes it
        self._view = self._data = None
        self._save.setEnabled(False)
        self._show_absent(self._wording.tr("This receipt cannot be shown now"), str(error), retry=True)
        self.shown.emit()

    def _say(self, words: str, tone: str = "text_2") -> None:
        self._message.tone(tone)
        self._message.say(words)

    def _not_saved(self, error: BaseException) -> None:
        if not isinstance(error, UserError | ExternalError):
            raise error
        self._say(str(error), "alarm")

    # ---- doing --------------------------------------------------------------------------------

    @Slot()
    def _again(self) -> None:
        self.show_slot(self._slot)

    @Slot()
    def _go_back(self) -> None:
        self._step(-1)

    @Slot()
    def _go_on(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        self.show_slot(self._slot + by)
        self.moved.emit(self._slot)

    @Slot()
    def _open_menu(self) -> None:
        menu = self._menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_below(self._save)

    def _menu(self) -> Menu:
        """What can be saved: this hour or its day, readable or sealed."""
        tr, hour = self._wording.tr, self._slot // SLOTS_PER_HOUR
        zone = self._data.zone if self._data is not None else None
        day = hours_of_day(zone, self._slot) if zone is not None else (hour, hour)
        menu = Menu(self.look, self)
        for name, hours, readable in (
            (tr("This hour, readable…"), (hour, hour), True),
            (tr("The whole day, readable…"), day, True),
            (tr("This hour, sealed…"), (hour, hour), False),
        ):
            wanted = EvidenceWanted(*hours, readable)
            menu.add(name, partial(self._ask_path, wanted), icon="document" if readable else "lock")
        return menu

    def _ask_path(self, wanted: EvidenceWanted) -> None:
        dialog = QFileDialog(self, self._wording.tr("Save evidence"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.setNameFilter(f"*.{SUFFIX}")
        dialog.fileSelected.connect(lambda path: self.save(wanted, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _explain(self) -> None:
        if self._data is None:
            return
        if self._offline is None:
            self._offline = OfflineSheet(self.look, self._wording, self.window())
        self._offline.open_for(self._data.genesis_hash, typed=self._typed)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), 600)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.fill(self.rect().toRectF(), "page")
            brush.vline(0, 0, self.height(), "line_strong")
            if self._ringed:
                brush.focus_ring(self.rect().toRectF().adjusted(1, 0, 0, 0), 0)
