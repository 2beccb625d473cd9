"""What scrolls on Neighbours: the banner, the two columns, the group in words, the four sections, the facts.

Here: which section is shown, and that only what is shown is drawn anew. Not here: doing anything (the page).
"""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ohmstead.ui.pages.home_scroll import Fitted
from ohmstead.ui.pages.market_parts import Lines
from ohmstead.ui.pages.neighbour_parts import GroupPart, Pair, SelfPart
from ohmstead.ui.pages.neighbour_sections import PrivacySection, ShapeSection, TimeSection, WhySection
from ohmstead.ui.presenters.neighbour_views import NeighbourView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button, Segmented
from ohmstead.ui.widgets.parts import Banner, Tone
from ohmstead.ui.widgets.text import Icon, Rule, Text

WHY, SHAPE, TIME, PRIVACY = range(4)
_TONES: dict[str, Tone] = {"alarm": "alarm", "notice": "notice"}


class NeighbourContent(Fitted):
    """The content. Main thread.

    Signals:
        resuming: the banner's way out of a pause.
        describing: what the home is like is to be typed.
    """

    resuming = Signal()
    describing = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        tr = words.tr
        self._view: NeighbourView | None = None
        self.resume = Button(look, tr("Go on"), "plain", "play", small=True)
        self._banner = Banner(look, "notice", "", "")
        self._banner_place = holder(column(self._banner, gap=0, margins=(0, 0, 0, 18)))
        self.own = SelfPart(look, words)
        self.group = GroupPart(look, words)
        self._words = Text(look, "", "body", "text_2", wrap=True)
        self.describe = Button(look, tr("Is this your home?"), "link", small=True)
        icon = column(7, Icon(look, "people", 18), None, gap=0)
        link = column(4, self.describe, gap=0)  # on the line of the words
        self._group_place = holder(
            column(Rule(look), row(icon, (self._words, 1), link, gap=10, margins=(0, 13, 0, 13)), gap=0)
        )
        self.sections = Segmented(
            look, (tr("What sets you apart"), tr("Shape of the day"), tr("Over time"), tr("Your privacy")),
            tr("What of the comparison is shown"),
        )  # fmt: skip
        self.why = WhySection(look)
        self.shape = ShapeSection(look, words)
        self.time = TimeSection(look, words)
        self.privacy = PrivacySection(look, words)
        self._parts: tuple[QWidget, ...] = (self.why, self.shape, self.time, self.privacy)
        self.facts = Lines(look)
        super().__init__(
            column(
                self._banner_place, Pair(self.own, self.group), 18, self._group_place, Rule(look), 16,
                row(self.sections, None), 16, *self._parts, 20, Rule(look), 12, self.facts, None, gap=0,
                margins=(0, 6, 0, 18),
            )
        )  # fmt: skip
        self.resume.setParent(self)
        self.resume.hide()
        self.sections.chosen.connect(self.show_section)
        self.resume.clicked.connect(self.resuming)
        self.describe.clicked.connect(self.describing)
        self._banner_place.hide()
        self.show_section(WHY)

    @property
    def section(self) -> int:
        """Which section is shown."""
        return self.sections.current

    def show_view(self, view: NeighbourView) -> None:
        """Show another state."""
        self._view = view
        notice = view.notice
        self._banner_place.setVisible(notice is not None)
        if notice is not None:
            self._banner.say(notice.head, notice.body, _TONES.get(notice.tone, "neutral"))
            self._banner.offer(*((self.resume,) if notice.action == "resume" and view.can_act else ()))
        if view.own is not None:
            self.own.show_view(view.own)
        self.group.show_view(view.invite, view.group)
        self._group_place.setVisible(bool(view.group_words))
        self._words.say(view.group_words)
        self.facts.show_lines(view.facts)
        self._draw()

    @Slot(int)
    def show_section(self, index: int) -> None:
        """Show another section."""
        self.sections.choose(index)
        for i, part in enumerate(self._parts):
            part.setVisible(i == index)
        self._draw()
        self.settle()

    def _draw(self) -> None:
        view, section = self._view, self.section
        if view is None:
            return
        if section == WHY and view.why is not None:
            self.why.show_view(view.why)
        elif section == SHAPE and view.shape is not None:
            self.shape.show_view(view.shape)
        elif section == TIME and view.time is not None:
            self.time.show_view(view.time)
        elif section == PRIVACY and view.privacy is not None:
            self.privacy.show_view(view.privacy)
