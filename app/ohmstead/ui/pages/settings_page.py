"""The Settings page: the list of sections, the sections in one calm scroll, and what came of what was asked.

Thin: every change goes to the controller at once; what is in force comes back as a posted view. Not here: the
sections themselves (``settings_sections``, ``settings_safety``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEasingCurve, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from ohmstead.settings.schema import THEMES
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.commands import Command
from ohmstead.ui.dialogs.recovery import RecoverySheetDialog
from ohmstead.ui.pages.page import Page
from ohmstead.ui.pages.settings_parts import CONTENT_WIDE, Desk, SectionList, SettingsSection
from ohmstead.ui.pages.settings_safety import (
    AboutSection,
    CheckingSection,
    DataSection,
    LeaveSection,
    first_control,
)
from ohmstead.ui.pages.settings_sections import (
    HomeSection,
    LookSection,
    NoticeSection,
    PriceSection,
    RegionSection,
)
from ohmstead.ui.presenters.settings import (
    SettingsController,
    SettingsOutcome,
    SettingsView,
    SheetReady,
    Task,
)
from ohmstead.ui.presenters.settings_words import outcome_words, trouble_head
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import capped, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import Banner
from ohmstead.ui.widgets.scroll import Scroll
from ohmstead.ui.widgets.text import Text
from ohmstead.ui.widgets.toast import Toast

_ABOVE = 60  # a section counts as in view once its top is that near the page's


class SettingsPage(Page):
    """See the module. Main thread. ``clock`` gives UTC seconds.

    Signals:
        shown: a view was drawn.
        reading_wanted: a document is to be read: help, threats, protocol or credits.
    """

    reading_wanted = Signal(str)

    def __init__(
        self, look: Look, words: Wording, controller: SettingsController, clock: Callable[[], int]
    ) -> None:
        super().__init__(look)
        self._words, self._controller = words, controller
        self._view = SettingsView()
        self._restoring: Path | None = None
        self._toast = Toast(look, self)
        desk = Desk(look, words, controller, lambda: clock() // 86_400, self._offer_back, self.window)
        self._data = DataSection(desk)
        self._checking = CheckingSection(desk, self)
        about = AboutSection(desk, self)
        self._sections: tuple[SettingsSection, ...] = (
            LookSection(desk), RegionSection(desk), PriceSection(desk), HomeSection(desk), NoticeSection(desk),
            self._data, self._checking, LeaveSection(desk), about,
        )  # fmt: skip
        self._checking.reading_wanted.connect(self.reading_wanted)
        about.reading_wanted.connect(self.reading_wanted)
        self._list = SectionList(
            look, [s.widget.title for s in self._sections], words.tr("Sections of Settings")
        )
        self._list.chosen.connect(self.go_to)
        self._list.entered.connect(self._enter)
        close = Button(look, words.tr("Close"), "quiet")
        self._trouble = Banner(look, "alarm", "", "", close)
        self._trouble_place = holder(column(self._trouble, margins=(0, 0, 0, 20)))
        close.clicked.connect(self._trouble_place.hide)
        self._trouble_place.hide()
        self._build()
        self._glide = QVariantAnimation(self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._slide)
        self._scroll.verticalScrollBar().valueChanged.connect(self._mark)
        self._going = -1
        self.show_view(self._view)

    def listen(self, bridge: Bridge) -> None:
        """Show what the controller posts."""
        bridge.subscribe(SettingsView, self, self.show_view)
        bridge.subscribe(SettingsOutcome, self, self.show_outcome)
        bridge.subscribe(SheetReady, self, self.show_sheet)

    def _build(self) -> None:
        self._tall = holder(column(*(section.widget for section in self._sections), None, gap=0))
        self._scroll = Scroll(self.look, holder(capped(self._tall, CONTENT_WIDE)))
        trouble = capped(self._trouble_place, CONTENT_WIDE)
        right = holder(column(trouble, (self._scroll, 1), gap=0))
        title = Text(self.look, self._words.tr("Settings"), "title")
        head = holder(row(title, None, margins=(0, 12, 0, 0)))
        head.setFixedHeight(round(self.look.theme.tokens.size["header"]))
        left = holder(column(self._list, None, gap=0))
        margin = round(self.look.theme.tokens.size["page_margin"])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(margin, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addSpacing(12)
        whole.addLayout(row(left, 40, (right, 1), gap=0), 1)

    # ---- what is in force ---------------------------------------------------------------------

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        """Show other settings; what is being typed stays."""
        self._view = view
        for section in self._sections:
            section.show_view(view)
        self.shown.emit()

    @Slot(object)
    def show_outcome(self, outcome: SettingsOutcome) -> None:
        """Say what came of a task."""
        if outcome.needs_words and outcome.name:
            self._data.restore(Path(outcome.name), outcome.error)
            return
        if outcome.task is Task.WITNESS:
            self._checking.show_problem(outcome.error)
            return
        if outcome.error:
            self._trouble.say(trouble_head(outcome.task, self._words), outcome.error)
            self._trouble_place.show()
            return
        self._trouble_place.hide()
        said = outcome_words(outcome, self._words)
        if said:
            self._toast.say(said)

    @Slot(object)
    def show_sheet(self, sheet: SheetReady) -> None:
        """Show a recovery sheet over the window."""
        dialog = RecoverySheetDialog(self.look, self._words, self.window(), sheet)
        dialog.saved.connect(self._sheet_saved)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _sheet_saved(self, name: str) -> None:
        self._toast.say(self._words.tr("Saved as {name}", name=name))

    def _offer_back(self, said: str, undo: Callable[[], object]) -> None:
        self._toast.offer(said, self._words.tr("Undo"), undo)

    def ask_restore(self) -> None:
        """Ask which backup to bring back: from the first run, too."""
        self._data.ask_backup()

    # ---- going round --------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Put the keyboard on the list of sections."""
        self._list.take_focus()

    def commands(self) -> Sequence[Command]:
        """The sections, by name."""
        group = self._words.tr("Settings")
        return tuple(
            Command(
                f"settings.{s.widget.name}", s.widget.title, partial(self.go_to, i), "", "settings", group
            )
            for i, s in enumerate(self._sections)
        )

    def everywhere(self) -> Sequence[Command]:
        """What can be done from any page."""
        tr, group = self._words.tr, self._words.tr("Settings")
        names = (tr("Follow the system's light and dark"), tr("Turn light"), tr("Turn dark"))
        looks = tuple(
            Command(f"settings.look.{choice}", words, partial(self._controller.set_theme, choice), "", "sun",
                    group, partial(self._other_theme, choice))
            for choice, words in zip(THEMES, names, strict=True)
        )  # fmt: skip
        return (
            *looks,
            Command("settings.backup", tr("Back up…"), self._data.ask_target, "", "download", group,
                    self._data.can_back_up),
        )  # fmt: skip

    def _other_theme(self, choice: str) -> bool:
        return self._view.settings.theme != choice

    @Slot(int)
    def go_to(self, index: int) -> None:
        """Bring a section to the top, as far as the page goes."""
        bar = self._scroll.verticalScrollBar()
        to = min(self._sections[index].widget.y(), bar.maximum())
        self._going = index
        self._glide.stop()
        lasts = self.look.theme.motion_ms("settle_ms")
        if lasts and self.isVisible():
            self._glide.setStartValue(bar.value())
            self._glide.setEndValue(to)
            self._glide.setDuration(lasts)
            self._glide.start()
        else:
            bar.setValue(to)
        self._list.mark(index)

    @Slot(object)
    def _slide(self, to: int) -> None:
        self._scroll.verticalScrollBar().setValue(to)

    @Slot(int)
    def _enter(self, index: int) -> None:
        self.go_to(index)
        part = first_control(self._sections[index].widget)
        if part is not None:
            part.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _mark(self, at: int) -> None:
        """Mark the section in view; the one that was asked for, while the page is on its way to it."""
        bar = self._scroll.verticalScrollBar()
        if self._going >= 0:
            if at == min(self._sections[self._going].widget.y(), bar.maximum()):
                self._going = -1
            return
        tops = [s.widget.y() for s in self._sections]
        index = max((i for i, top in enumerate(tops) if top <= at + _ABOVE), default=0)
        self._list.mark(len(tops) - 1 if at >= bar.maximum() > 0 else index)
