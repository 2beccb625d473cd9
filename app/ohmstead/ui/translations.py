"""The window's languages: which are shipped, and putting one in force. Main thread.

Catalogues are ``resources/locale/ohmstead_<language>.qm``, made from ``ohmstead.ts``; English needs none. Not
here: numbers and dates (``ui.regional``).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from ohmstead.system.paths import resource

PREFIX = "ohmstead_"


class Translations:
    """One application's translator."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder if folder is not None else resource("locale")
        self._installed: QTranslator | None = None

    def languages(self) -> tuple[tuple[str, str], ...]:
        """(code, its own name) of every language that is shipped, English first."""
        found = []
        for path in sorted(self._folder.glob(f"{PREFIX}*.qm")):
            code = path.stem.removeprefix(PREFIX)
            name = QLocale(code).nativeLanguageName()
            found.append((code, name[:1].upper() + name[1:]))
        return (("en", "English"), *found)

    def use(self, language: str) -> str:
        """Put a language in force; empty follows the system. Returns the code of what is in force then.

        A language that is not shipped gives English.
        """
        if self._installed is not None:
            QCoreApplication.removeTranslator(self._installed)
            self._installed = None
        known = {code for code, _ in self.languages()}
        wanted = [language] if language else [name.replace("-", "_") for name in QLocale().uiLanguages()]
        code = next((c for name in wanted for c in (name, name.split("_")[0]) if c in known), "en")
        if code != "en":
            translator = QTranslator()
            if translator.load(str(self._folder / f"{PREFIX}{code}.qm")):
                QCoreApplication.installTranslator(translator)
                self._installed = translator
                return code
        return "en"
