"""A page to read the shipped documents on: help, threats, the protocol, credits. Files are read by a job.

Not here: their setting in type (``widgets.reading``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ohmstead.errors import ExternalError
from ohmstead.system.paths import resource
from ohmstead.ui.commands import Command
from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.pages.page import Page
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import capped, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import Banner
from ohmstead.ui.widgets.reading import Reading
from ohmstead.ui.widgets.text import Text

READABLE = 700
MAX_BYTES = 1 << 20


def read_document(path: Path) -> str:
    """A document's text. Raises ExternalError where it is not there or is no text."""
    try:
        data = path.read_bytes()
        if len(data) > MAX_BYTES:
            raise ExternalError(f"{path.name} is too long to be shown here.")
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExternalError(f"{path.name} could not be read. Install Ohmstead again.") from error


class ReaderPage(Page):
    """One document at a time, with the way back.

    Signals:
        shown: a document, or why there is none, is drawn.
        left: the person goes back to where they came from.
    """

    left = Signal()

    def __init__(self, look: Look, words: Wording, jobs: Jobs, executor: Executor) -> None:
        super().__init__(look)
        self._words, self._jobs, self._executor = words, jobs, executor
        self._job: Job[str] | None = None
        self._name, self._anchor = "", ""
        tr = words.tr
        self._titles = {
            "help": tr("How is this checked?"),
            "threats": tr("Who could cheat, and what stops them"),
            "protocol": tr("The protocol"),
            "credits": tr("Credits and licences"),
        }
        self._back = Button(look, "", "plain", "chevron-left", small=True, name=tr("Back"))
        self._back.clicked.connect(self.left)
        self._title = Text(look, "", "title")
        head = holder(row(self._back, 12, self._title, None, margins=(0, 12, 0, 0)))
        head.setFixedHeight(round(look.theme.tokens.size["header"]))
        self._reading = Reading(look, tr("Document"), READABLE)
        self._reading.linked.connect(self._follow)
        self._trouble = Banner(look, "alarm", "", "")
        self._faces = QStackedWidget()
        self._faces.addWidget(self._reading)
        self._faces.addWidget(holder(column(capped(self._trouble, READABLE), None)))
        margin = round(look.theme.tokens.size["page_margin"])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(margin, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addSpacing(10)
        whole.addWidget(self._faces, 1)

    def open(self, name: str, anchor: str = "") -> None:
        """Show a shipped document: help, threats, protocol or credits, from the heading of an anchor on.

        Without one it begins at its top, or where it was left. Raises KeyError for a name that is none.
        """
        self._title.setText(self._titles[name])
        before, self._anchor = self._anchor, anchor
        if name == self._name and self._job is None:
            if anchor or before:
                self._reading.go_to(anchor)
            self.shown.emit()
            return
        if self._job is not None:
            self._job.cancel()
        path = resource("docs", f"{name}.md")
        self._job = self._jobs.start(
            self, self._executor, lambda _: read_document(path), self._loaded, self._failed
        )
        self._name = name

    @property
    def reading(self) -> Reading:
        """The document as it is shown."""
        return self._reading

    def take_focus(self) -> None:
        """Put the keyboard on the text, so that it scrolls."""
        self._reading.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """Going back."""
        tr = self._words.tr
        return (
            Command("reader.back", tr("Go back"), self.left.emit, "Alt+Left", "chevron-left", tr("Reading")),
        )

    def _loaded(self, text: str) -> None:
        self._job = None
        self._reading.show_text(_without_title(text))
        self._reading.go_to(self._anchor)
        self._faces.setCurrentIndex(0)
        self.shown.emit()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, ExternalError):
            raise error  # a bug: the application's reporter takes it
        self._name, self._job = "", None
        self._trouble.say(self._words.tr("This cannot be shown"), str(error))
        self._faces.setCurrentIndex(1)
        self.shown.emit()

    @Slot(str)
    def _follow(self, address: str) -> None:
        """Another document opens here; a web address opens in the browser, where the person sees it."""
        document, _, anchor = address.partition("#")
        name = document.removesuffix(".md") or self._name
        if name in self._titles:
            self.open(name, anchor)
        elif address.startswith("https://"):
            QDesktopServices.openUrl(QUrl(address))


def _without_title(text: str) -> str:
    """The page's head says the title already."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if first.startswith("# ") else text
