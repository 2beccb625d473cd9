"""The few style sheets there are: scroll bars, which only a sheet can draw on every platform alike."""

from __future__ import annotations

from ohmstead.ui.theme.theme import Theme


def scroll_sheet(theme: Theme, above: int = 0) -> str:
    """A slim bar without buttons, ``above`` pixels below its view's top."""
    colour = theme.tokens.colour[theme.mode]
    return (
        f"QScrollBar:vertical {{ background: transparent; width: 10px; margin: {above}px 0 0 0; border: 0; }}"
        f"QScrollBar::handle:vertical {{ background: {colour['line_strong']}; border-radius: 3px;"
        " min-height: 32px; margin: 2px; }"
        f"QScrollBar::handle:vertical:hover {{ background: {colour['control_line']}; }}"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
        "QScrollBar:horizontal { background: transparent; height: 10px; border: 0; }"
        f"QScrollBar::handle:horizontal {{ background: {colour['line_strong']}; border-radius: 3px;"
        " min-width: 32px; margin: 2px; }"
    )
