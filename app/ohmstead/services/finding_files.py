"""What was refused, and two signed histories, as a file for whoever has to look into it.

JSON, because people read it: bytes are hex of this product's canonical CBOR (a light block is ``[header,
commit, validators]``, its parts as in the protocol text). Whoever has the genesis hash can check both blocks
of a pair with nothing else. Here: making it. Not here: evidence of readings (``evidence_files``).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from ohmstead.errors import UserError
from ohmstead.services import mirroring
from ohmstead.store.mirror import Mirror

FORM, VERSION = "ohmstead-findings", 1


def make_findings(mirror: Mirror) -> bytes:
    """The file. Raises UserError where nothing was ever refused."""
    findings, divergences = mirror.findings(), mirror.divergences()
    if not findings and not divergences:
        raise UserError("Nothing was refused, so there is nothing to save.")
    content = {
        "form": FORM,
        "version": VERSION,
        "meter": _hex(mirror.meta(mirroring.METER)),
        "genesis": _hex(mirror.meta(mirroring.GENESIS)),
        "refused": [
            {
                "what": f.subject,
                "why": f.detail,
                "kind": f.kind,
                "first_seen_utc": _time(f.first_seen_s),
                "evidence": f.evidence.hex(),
            }
            for f in findings
        ],
        "two_histories": [
            {
                "height": d.height,
                "first_seen_utc": _time(d.first_seen_s),
                "known_first": d.ours.hex(),
                "came_after": d.theirs.hex(),
            }
            for d in divergences
        ],
    }
    return (json.dumps(content, indent=1) + "\n").encode()


def _hex(data: bytes | None) -> str:
    return data.hex() if data is not None else ""


def _time(unix_s: int) -> str:
    return datetime.fromtimestamp(unix_s, UTC).strftime("%Y-%m-%d %H:%M:%S")
