"""A mirror checked from its file alone: everything that somebody could change in it is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ohmstead.errors import ExternalError
from ohmstead.ledger.pages import PageAltered, PageError
from ohmstead.services.verify import MirrorReport, PagesDiffer, RowsDiffer, check_mirror
from ohmstead.store.mirror import Mirror
from tests.helpers.homes import Street, street


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    with street(tmp_path, 10, 20) as made:
        yield made.synced()


def check(here: Street, *, root: bool = True) -> MirrorReport:
    return check_mirror(here.home.path, here.home.root if root else None, here.ledger.wall_ns())


def test_an_untouched_mirror_holds(here: Street) -> None:
    for root in (True, False):
        report = check(here, root=root)
        assert (report.pages, report.complete, report.anchors, report.failures) == (30, True, 2, ())
        assert report.trust is not None
        assert report.trust.meter == here.meter.id


def test_a_new_mirror_says_that_it_is_empty(tmp_path: Path) -> None:
    Mirror.open(tmp_path / "new.sqlite").close()
    with pytest.raises(ExternalError, match="empty"):
        check_mirror(tmp_path / "new.sqlite", None, 0)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE interval SET import_wh = import_wh + 1 WHERE page = 7",
        "UPDATE interval SET export_wh = 0 WHERE page = 7",
        "UPDATE interval SET generation_wh = NULL WHERE page = 7",
        "UPDATE interval SET status_import = 1 WHERE page = 7",
        "DELETE FROM interval WHERE page = 7",
        "UPDATE interval SET slot = slot + 10000 WHERE page = 7",
        "INSERT INTO interval SELECT meter, slot + 9999, import_wh, export_wh, generation_wh, status_import,"
        " status_export, status_generation, 7 FROM interval WHERE page = 7",
    ],
)
def test_rows_that_are_not_what_the_pages_say(here: Street, change: str) -> None:
    here.home.mirror._db.execute(change)
    (failure,) = check(here).failures
    assert isinstance(failure, RowsDiffer)
    assert failure.subject == "page 7"
    assert check(here, root=False).failures == ()


def test_a_page_altered_removed_or_moved(here: Street) -> None:
    db = here.home.mirror._db
    (raw,) = db.execute("SELECT raw FROM page WHERE number = 3").fetchone()
    db.execute("UPDATE page SET raw = ? WHERE number = 3", (raw[:-1] + bytes((raw[-1] ^ 1,)),))
    kinds = {(type(f), f.subject) for f in check(here).failures}
    assert (PagesDiffer, "history") in kinds
    assert (PageAltered, "page 3") in kinds
    db.execute("UPDATE page SET raw = ? WHERE number = 3", (b"\x07" + raw[1:],))
    assert {type(f) for f in check(here).failures} >= {PagesDiffer, PageError}
    db.execute("UPDATE page SET raw = x'00' WHERE number = 3")
    assert {type(f) for f in check(here).failures} >= {PagesDiffer, PageError}
    db.execute("UPDATE page SET raw = (SELECT raw FROM page WHERE number = 4) WHERE number = 3")
    assert (PagesDiffer, "history") in {(type(f), f.subject) for f in check(here).failures}
    db.execute("DELETE FROM page WHERE number = 3")
    report = check(here)
    assert not report.complete
    assert (PagesDiffer, "pages 0 to 29") in {(type(f), f.subject) for f in report.failures}


def test_facts_of_the_home_altered(here: Street) -> None:
    db = here.home.mirror._db
    kept = dict(db.execute("SELECT key, value FROM home").fetchall())
    for name, value in kept.items():
        for wrong in (value[:-1], value[:-1] + bytes((value[-1] ^ 1,)), b""):
            db.execute("UPDATE home SET value = ? WHERE key = ?", (wrong, name))
            assert_fails(here, name)
        db.execute("UPDATE home SET value = ? WHERE key = ?", (value, name))
    assert check(here).failures == ()


def assert_fails(here: Street, name: str) -> None:
    """Either the chain does not hold, or the file cannot be read as a home at all."""
    try:
        report = check(here)
    except ExternalError:
        return
    assert report.failures, name
    assert report.trust is None


def test_any_byte_of_the_kept_head_counts(here: Street) -> None:
    """Sampled over the whole bundle: header, votes, values, proofs."""
    db = here.home.mirror._db
    (blob,) = db.execute("SELECT blob FROM proof WHERE kind = 'bundle'").fetchone()
    for at in range(0, len(blob), 37):
        wrong = blob[:at] + bytes((blob[at] ^ 0x10,)) + blob[at + 1 :]
        db.execute("UPDATE proof SET blob = ? WHERE kind = 'bundle'", (wrong,))
        report = check(here)
        assert report.failures or votes_only(here, report), at
    db.execute("UPDATE proof SET blob = ? WHERE kind = 'bundle'", (blob,))
    assert check(here).failures == ()


def votes_only(here: Street, report: MirrorReport) -> bool:
    """A spoiled vote of one validator in four is counted as absent; unused values are not looked at."""
    trust = report.trust
    assert trust is not None
    untouched = here.home.home.trust
    assert untouched is not None
    if trust.bundle is None or untouched.bundle is None:
        return False
    same_header = trust.bundle.light_block.header == untouched.bundle.light_block.header
    return same_header and trust.proven == untouched.proven
