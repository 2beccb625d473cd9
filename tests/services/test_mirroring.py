"""What a mirror keeps of its trust when the ledger's own tables grow, and what a second sync leaves undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ohmstead.services import mirroring, sync
from tests.helpers.homes import street


def test_a_zone_table_that_was_extended_arrives(tmp_path: Path) -> None:
    with street(tmp_path, 5) as here:
        here.synced()
        trust, mirror = here.home.home.trust, here.home.mirror
        assert trust is not None
        zone = trust.zone
        assert zone is not None
        assert mirror.zone(zone.name) == zone
        longer = replace(zone, first_slots=(*zone.first_slots, zone.first_slots[-1] + 96))
        mirroring.write_trust(mirror, replace(trust, zone=longer))
        assert mirror.zone(zone.name) == longer


def test_an_unchanged_history_is_hashed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with street(tmp_path, 5) as here:
        calls = []
        real = sync.root_of
        monkeypatch.setattr(sync, "root_of", lambda leaves: calls.append(len(leaves)) or real(leaves))
        here.synced()
        here.synced()
        assert calls == [5]
        here.meter.publish(2)
        here.synced()
        assert calls == [5, 7]
