"""A sentence for each failure of the link: the link's own classes carry no words for people.

Not here: the window's wording (``ui.wording``), which is translated.
"""

from __future__ import annotations

from ohmstead.link.errors import (
    BluetoothOff,
    Busy,
    LinkError,
    LinkLost,
    NoPermission,
    NotFound,
    PairingClosed,
    ProtocolVersion,
    Refused,
    WordsRejected,
    WrongCode,
)

_WORDS: tuple[tuple[type[LinkError], str], ...] = (
    (BluetoothOff, "Bluetooth is switched off here, or there is none"),
    (NoPermission, "The system does not let Ohmstead use Bluetooth"),
    (NotFound, "The meter was not heard; bring this computer closer to it"),
    (Busy, "The meter is busy with another device; try again in a moment"),
    (PairingClosed, "The meter's pairing window is closed; press its button and pair within two minutes"),
    (WrongCode, "The meter does not know this code; check it against the label"),
    (WordsRejected, "The six words were not confirmed, so nothing was paired"),
    (ProtocolVersion, "The meter speaks another version of the link; update Ohmstead"),
    (Refused, "The meter refused"),
    (LinkLost, "The link to the meter was lost; run this again, it goes on where it stood"),
)


def sentence(error: Exception) -> str:
    """What a command says of a failure: the error's own words, for the link's with a sentence before them."""
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return f"{words} ({error})."
    return str(error)
