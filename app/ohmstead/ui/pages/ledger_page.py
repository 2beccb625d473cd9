"""The Ledger: one sentence about the whole history, the way it came, who signed, who was asked, what was refused.

Thin: a job loads and verifies everything anew (``LedgerSource``), ``presenters.ledger`` words it; ages and the
radio's state are worded again with every posted ``HomeState`` and once a second. While the page is not shown,
nothing is loaded. Not here: any verification or SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.services.states import HomeState
from ohmstead.services.witness import WitnessSeen
from ohmstead.ui.commands import Command
from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.pages.home_scroll import PageScroll
from ohmstead.ui.pages.ledger_content import LedgerContent
from ohmstead.ui.pages.ledger_evidence import EvidenceSheet
from ohmstead.ui.pages.page import Page
from ohmstead.ui.pages.receipt_drawer import SUFFIX
from ohmstead.ui.pages.receipt_offline import OfflineSheet
from ohmstead.ui.presenters.home_now import Live
from ohmstead.ui.presenters.home_trouble import standing_trouble
from ohmstead.ui.presenters.ledger import present_ledger
from ohmstead.ui.presenters.ledger_data import LedgerData, LedgerSource
from ohmstead.ui.presenters.ledger_views import LedgerView
from ohmstead.ui.presenters.receipt_data import EvidenceWanted
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import Banner
from ohmstead.ui.widgets.text import Text
from ohmstead.ui.widgets.toast import Toast

TICK_MS = 1_000


class LedgerPage(Page):
    """What is proven, and by whom. Main thread. ``clock`` is the product's time in UTC seconds.

    Signals:
        page_wanted: another page of the product, by name: ``settings`` (for a witness).
        help_wanted: *How is this checked?*, *How can this happen?*
    """

    page_wanted = Signal(str)
    help_wanted = Signal()

    def __init__(
        self, look: Look, wording: Wording, jobs: Jobs, executor: Executor, clock: Callable[[], int]
    ) -> None:
        super().__init__(look)
        self._wording, self._jobs, self._executor, self._clock = wording, jobs, executor, clock
        self._source: LedgerSource | None = None
        self._job: Job[LedgerData] | None = None
        self._saving: Job[None] | None = None
        self._data: LedgerData | None = None
        self._view: LedgerView | None = None
        self._live = Live()
        self._seen: WitnessSeen | None = None
        self._witness_set = False
        self._wants = False
        self.setAccessibleName(wording.tr("Ledger"))
        self._offline: OfflineSheet | None = None
        self._choosing: EvidenceSheet | None = None
        self._build()
        self._connect()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.age)

    # ---- what others call ---------------------------------------------------------------------

    def set_source(self, source: LedgerSource | None) -> None:
        """Show another home, or none. What was heard of the former one is forgotten."""
        self._source, self._data, self._view = source, None, None
        self._live, self._seen = Live(), None
        self._faces.setCurrentWidget(self._waiting)
        self._save.setEnabled(False)
        self._check.setEnabled(False)
        self.refresh()

    def show_state(self, state: HomeState) -> None:
        """Take a posted state of the home; drawn with the next second."""
        self._live = self._live.after(state, self._clock())

    def set_witness(self, address: str) -> None:
        """The witness that the person set, empty for none; what another one said is forgotten."""
        self._witness_set = bool(address)
        if self._seen is not None and self._seen.address != address:
            self._seen = None
            self._live = self._live.witnessed(None)
        self.age()

    def show_witness(self, seen: WitnessSeen) -> None:
        """Take an answer of the outside witness."""
        self._seen, self._witness_set = seen, True
        self._live = self._live.witnessed(seen)
        self.age()

    @property
    def view(self) -> LedgerView | None:
        """What is shown, None before the first answer."""
        return self._view

    @Slot()
    def refresh(self) -> None:
        """Load and verify again, now or as soon as the page is shown; the newest request wins."""
        self._wants = True
        if self._source is None or not self.isVisible():
            return
        self._wants = False
        if self._job is not None:
            self._job.cancel()
        source = self._source
        self._job = self._jobs.start(
            self, self._executor, lambda _: source.load(), self._loaded, self._failed
        )

    @Slot()
    def age(self) -> None:
        """Say everything as of now."""
        if self._data is not None and self.isVisible():
            self._show()

    def take_focus(self) -> None:
        """The keyboard on the first button, without a ring."""
        part = self._save if self._save.isEnabled() else self
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """What can be done here."""
        tr, group = self._wording.tr, self._wording.tr("Ledger")

        def whole() -> bool:
            return self._view is not None and self._view.can_save

        def proven() -> bool:
            return self._data is not None and self._data.report is not None

        def refused() -> bool:
            return self._data is not None and bool(self._data.findings or self._data.divergences)

        return (
            Command("ledger.save", tr("Save evidence…"), self._choose, "Ctrl+S", "download", group, whole),
            Command("ledger.offline", tr("Check it without Ohmstead"), self._explain, "", "check", group, proven),
            Command(
                "ledger.copy", tr("Copy this block for comparing"), self._copy_block, "", "copy", group, proven
            ),
            Command(
                "ledger.refused", tr("Save what was refused…"), self._ask_findings, "", "alert", group, refused
            ),
            Command("ledger.checked", tr("How is this checked?"), self.help_wanted.emit, "", "info", group),
            Command("ledger.refresh", tr("Check everything again"), self.refresh, "F5", "refresh", group),
        )  # fmt: skip

    def save(self, wanted: EvidenceWanted, path: Path) -> None:
        """Write evidence; a toast says so, a banner says why not."""
        source = self._source
        if source is not None:
            self._write(path, lambda: source.save(wanted, path))

    def save_findings(self, path: Path) -> None:
        """Write what was refused."""
        source = self._source
        if source is not None:
            self._write(path, lambda: source.save_findings(path))

    # ---- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        look, tr = self.look, self._wording.tr
        self._save = Button(look, tr("Save evidence…"), "plain", "download")
        self._check = Button(look, tr("Check it without Ohmstead"))
        head = holder(
            row(
                Text(look, tr("Ledger"), "title"), None, self._save, self._check, gap=8, margins=(0, 12, 0, 0)
            )
        )
        head.setFixedHeight(round(look.theme.tokens.size["header"]))
        self._content = LedgerContent(look, self._wording)
        self._waiting = holder(
            column(
                24, Text(look, tr("Checking everything from the first block on…"), "small", "text_2"), None
            )
        )
        self._retry = Button(look, tr("Try again"), "quiet")
        self._trouble = Banner(look, "alarm", "", "", self._retry)
        self._error = holder(column(20, self._trouble, None, gap=0))
        self._faces = QStackedWidget()
        margin = round(look.theme.tokens.size["page_margin"])
        for face in (self._waiting, self._error):
            face.setContentsMargins(0, 0, margin, 0)
        self._scroll = PageScroll(look, self._content)
        for face in (self._waiting, self._scroll, self._error):
            self._faces.addWidget(face)
        self._not_written = Banner(look, "alarm", tr("The file was not written"), "")
        close = Button(look, tr("Close"), "quiet")
        close.clicked.connect(self._hide_not_written)
        self._not_written.offer(close)
        self._written_place = holder(column(self._not_written, gap=0, margins=(0, 0, 0, 12)))
        self._written_place.hide()
        self._toast = Toast(look, self)
        top = column(head, self._written_place, gap=0, margins=(0, 0, margin, 0))
        self.setLayout(column(top, (self._faces, 1), gap=0, margins=(margin, 0, 0, 0)))
        self._save.setEnabled(False)
        self._check.setEnabled(False)

    def _connect(self) -> None:
        self._save.clicked.connect(self._choose)
        self._check.clicked.connect(self._explain)
        self._retry.clicked.connect(self.refresh)
        self._content.help_wanted.connect(self.help_wanted)
        self._content.witness_wanted.connect(self._open_settings)
        self._content.saving.connect(self._ask_findings)
        self._content.copying.connect(self._copy_block)

    # ---- showing ------------------------------------------------------------------------------

    def _loaded(self, data: LedgerData) -> None:
        self._data = data
        self._show()
        self._faces.setCurrentWidget(self._scroll)
        self.shown.emit()

    def _show(self) -> None:
        data = self._data
        assert data is not None
        trouble = standing_trouble(self._live, data, self._wording)
        view = present_ledger(data, self._live, self._seen, trouble, self._clock(), self._wording)
        self._view = view
        self._content.show_view(view, witness_set=self._witness_set)
        self._save.setEnabled(view.can_save)
        reason = self._wording.tr("Evidence needs the whole history, and that it holds")
        self._save.setToolTip("" if view.can_save else reason)
        self._check.setEnabled(data.report is not None)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError | ExternalError | VerificationError):
            raise error  # a bug: the application's reporter takes it
        self._view = self._data = None
        self._save.setEnabled(False)
        self._check.setEnabled(False)
        self._trouble.say(self._wording.tr("The ledger cannot be shown now"), str(error))
        self._faces.setCurrentWidget(self._error)
        self.shown.emit()

    # ---- doing --------------------------------------------------------------------------------

    @Slot()
    def _open_settings(self) -> None:
        self.page_wanted.emit("settings")

    @Slot()
    def _choose(self) -> None:
        data = self._data
        if data is None or data.report is None or data.zone is None:
            return
        report = data.report
        if report.first_hour is None or report.last_hour is None:
            return
        if self._choosing is None:
            self._choosing = EvidenceSheet(self.look, self._wording, self.window())
            self._choosing.finished.connect(self._chosen)
        self._choosing.open_for(data.zone, report.first_hour, report.last_hour)

    @Slot(bool)
    def _chosen(self, agreed: bool) -> None:
        choice = self._choosing.choice if self._choosing is not None else None
        if agreed and choice is not None:
            dialog = self._dialog(self._wording.tr("Save evidence"), SUFFIX)
            dialog.fileSelected.connect(partial(self._save_to, choice.wanted))

    def _save_to(self, wanted: EvidenceWanted, path: str) -> None:
        self.save(wanted, Path(path))

    @Slot()
    def _ask_findings(self) -> None:
        dialog = self._dialog(self._wording.tr("Save what was refused"), "json")
        dialog.fileSelected.connect(self._findings_to)

    @Slot(str)
    def _findings_to(self, path: str) -> None:
        self.save_findings(Path(path))

    def _dialog(self, title: str, suffix: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setNameFilter(f"*.{suffix}")
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _write(self, path: Path, work: Callable[[], None]) -> None:
        def done(_: None) -> None:
            self._written_place.hide()
            self._toast.say(self._wording.tr("Saved as {name}", name=path.name))

        self._saving = self._jobs.start(self, self._executor, lambda _: work(), done, self._not_saved)

    def _not_saved(self, error: BaseException) -> None:
        if not isinstance(error, UserError | ExternalError):
            raise error
        self._not_written.say(self._wording.tr("The file was not written"), str(error))
        self._written_place.show()

    @Slot()
    def _hide_not_written(self) -> None:
        self._written_place.hide()

    @Slot()
    def _copy_block(self) -> None:
        if self._view is not None and self._view.checkpoint:
            QGuiApplication.clipboard().setText(self._view.checkpoint)
            self._toast.say(self._wording.tr("Copied: at one height, everybody must have the same lines"))

    @Slot()
    def _explain(self) -> None:
        data = self._data
        if data is None or data.report is None:
            return
        if self._offline is None:
            self._offline = OfflineSheet(self.look, self._wording, self.window())
        self._offline.open_for(data.report.genesis_hash, typed=data.typed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        if self._wants:
            self.refresh()
        self.age()

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)
