"""The faces of a page that rests on what is posted: content, how loading stands, or that a ledger has none of it.

Under the page's head one problem can stand until it is closed; what was done is said in a toast. Not here: which
face is shown (the page), words.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ohmstead.ui.pages.home_scroll import PageScroll
from ohmstead.ui.pages.page import Page
from ohmstead.ui.pages.usage_parts import StatePanel
from ohmstead.ui.presenters.view_models import PageState
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import Banner, EmptyState
from ohmstead.ui.widgets.toast import Toast


class Faces(QStackedWidget):
    """Everything of ``page`` but its ``head``, which it puts above itself. Main thread.

    Signals:
        retried: what failed to load is to be loaded again.
    """

    retried = Signal()

    def __init__(
        self, look: Look, words: Wording, page: Page, head: QWidget, content: QWidget, none: EmptyState
    ) -> None:
        super().__init__()
        self.area = PageScroll(look, content)
        self._panel = StatePanel(look, words)
        self._none = none
        self._problem = Banner(look, "notice", "", "")
        close = Button(look, words.tr("Close"), "quiet")
        self._problem.offer(close)
        self._problem_place = holder(column(self._problem, gap=0, margins=(0, 0, 0, 12)))
        self._problem_place.hide()
        margin = round(look.theme.tokens.size["page_margin"])
        for narrow in (self._panel, self._none):
            narrow.setContentsMargins(0, 0, margin, 0)
        faces: tuple[QWidget, ...] = (self.area, self._panel, self._none)
        for face in faces:
            self.addWidget(face)
        self._toast = Toast(look, page)
        head.setFixedHeight(round(look.theme.tokens.size["header"]))
        top = column(head, self._problem_place, gap=0, margins=(0, 0, margin, 0))
        page.setLayout(column(top, (self, 1), gap=0, margins=(margin, 0, 0, 0)))
        close.clicked.connect(self.close_problem)
        self._panel.retried.connect(self.retried)

    def show_content(self) -> None:
        """Show the content."""
        self.setCurrentWidget(self.area)

    def show_none(self) -> None:
        """Say that this ledger has none of it."""
        self.setCurrentWidget(self._none)

    def show_loading(self, state: PageState, failure: str) -> None:
        """Say how loading stands."""
        self._panel.show_state(state, failure)
        self.setCurrentWidget(self._panel)

    def tell(self, head: str, body: str) -> None:
        """A problem, in place of the one before; it stands until it is closed."""
        self._problem.say(head, body, "notice")
        self._problem_place.show()

    @Slot()
    def close_problem(self) -> None:
        """Take the problem away."""
        self._problem_place.hide()

    def say(self, words: str) -> None:
        """A short word that something was done."""
        self._toast.say(words)

    def offer(self, words: str, action: str, run: Callable[[], object]) -> None:
        """The same, with a way back."""
        self._toast.offer(words, action, run)

    def hush(self) -> None:
        """Take the short word away."""
        self._toast.hide()
