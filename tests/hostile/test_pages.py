"""Lies about pages: dropped, rewritten, swapped, somebody else's. Each named, nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ohmstead.core.codec import CodecError, Value, as_list, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.ledger import pages, tiles
from ohmstead.ledger.slice import SliceError
from ohmstead.ledger.tiles import TileError
from ohmstead.link.messages import Method
from ohmstead.services.verify import check_mirror
from ohmstead.store.readings import Readings
from tests.helpers.forge import when
from tests.helpers.home import Direct, dump
from tests.helpers.homes import Street, street

SIZE = 40
WHOLE = f"pages 0 to {SIZE - 1}"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    with street(tmp_path, 10, 30) as made:
        yield made.head_only()


def body_bytes(here: Street) -> int:
    return pages.page_size(3) - 45


def resent(here: Street, change: Callable[[list[bytes]], list[bytes]]) -> Direct:
    """The meter sends these pages with the honest proof."""

    def lie(answers: list[Value]) -> list[Value]:
        tile = tiles.Tile.from_value(answers[0])
        raws = change(list(tiles.unpack(tile, here.meter.id, 3)))
        return [tiles.pack(0, raws, tile.size, tile.proof).to_value()]

    return Direct(here.meter, when(Method.PAGES, lie))


def bodies_changed(here: Street, change: Callable[[list[bytes]], list[bytes]]) -> Direct:
    """The meter sends the pages' bodies in another order, or others, under the honest headers."""
    each = body_bytes(here)

    def lie(answers: list[Value]) -> list[Value]:
        first, runs, bodies, size, proof = as_list(answers[0], "tile", 5)
        assert isinstance(bodies, bytes)
        changed = change([bodies[i : i + each] for i in range(0, len(bodies), each)])
        return [[first, runs, b"".join(changed), size, proof]]

    return Direct(here.meter, when(Method.PAGES, lie))


def test_the_liars_of_these_tests_are_believed_when_they_are_honest(here: Street) -> None:
    here.home.sync(resent(here, lambda raws: raws))
    assert check_mirror(here.home.path, here.home.root, here.ledger.wall_ns()).failures == ()


def test_a_dropped_page_is_missed(here: Street) -> None:
    def drop(answers: list[Value]) -> list[Value]:
        tile = tiles.Tile.from_value(answers[0])
        raws = list(tiles.unpack(tile, here.meter.id, 3))
        return [tiles.pack(0, raws[:-1], tile.size, tile.proof).to_value()]

    here.home.refused(Direct(here.meter, when(Method.PAGES, drop)), TileError, f"pages 0 to {SIZE - 2}")
    here.home.refused(bodies_changed(here, lambda b: b[:7] + b[8:]), TileError, WHOLE)
    here.home.refused(bodies_changed(here, lambda b: b[:7] + b[8:] + [b[7]]), TileError, WHOLE)


@pytest.mark.parametrize("number", [0, 17, SIZE - 1])
def test_a_page_sealed_again_by_a_thief_of_the_keys_is_found(here: Street, number: int) -> None:
    """Whoever has the epoch root can seal what the household will open; the ledger does not know it."""

    def rewrite(raws: list[bytes]) -> list[bytes]:
        header = pages.parse_header(raws[number])
        hours = pages.open_page(here.meter.ring, raws[number])
        raws[number] = pages.seal(here.meter.ring, number, header.hour, hours, header.nonce[::-1])
        assert pages.open_page(here.meter.ring, raws[number]) == hours
        return raws

    here.home.refused(resent(here, rewrite), TileError, WHOLE)


def test_pages_of_another_meter_are_not_taken(here: Street) -> None:
    other = here.another_meter()
    theirs = [raw[45:] for raw in other.seal(SIZE)]
    here.home.refused(bodies_changed(here, lambda _: theirs), TileError, WHOLE)
    here.home.refused(bodies_changed(here, lambda b: [*b[:3], theirs[3], *b[4:]]), TileError, WHOLE)
    # Sent whole, with the proof of its own log.
    other.recorded = 0
    proof = other.keeper.tree.subtree_proof(0, SIZE, SIZE)
    tile = tiles.pack(0, other.keeper.pages(0, SIZE), SIZE, proof).to_value()
    here.home.refused(Direct(here.meter, when(Method.PAGES, lambda _: [tile])), TileError, WHOLE)


def test_pages_in_another_order_are_refused(here: Street) -> None:
    here.home.refused(bodies_changed(here, lambda b: [b[1], b[0], *b[2:]]), TileError, WHOLE)
    here.home.refused(bodies_changed(here, lambda b: b[::-1]), TileError, WHOLE)
    here.home.refused(bodies_changed(here, lambda b: [*b[:5], b[4], *b[6:]]), TileError, WHOLE)


def test_other_hours_epochs_and_keys_in_the_runs_are_refused(here: Street) -> None:
    for place, value in ((1, 5), (2, 1), (3, bytes(16))):

        def lie(answers: list[Value], place: int = place, value: Value = value) -> list[Value]:
            first, runs, bodies, size, proof = as_list(answers[0], "tile", 5)
            run = as_list(as_list(runs, "runs")[0], "run", 4)
            run[place] = value
            return [[first, [run, *as_list(runs, "runs")[1:]], bodies, size, proof]]

        here.home.refused(Direct(here.meter, when(Method.PAGES, lie)), TileError, WHOLE)


def test_fewer_tiles_than_asked(here: Street) -> None:
    direct = Direct(here.meter, when(Method.PAGES, lambda _: []))
    error = here.home.refused(direct, SliceError, WHOLE)
    assert "did not send" in str(error)


def test_more_tiles_than_asked_are_not_read(here: Street) -> None:
    direct = Direct(here.meter, when(Method.PAGES, lambda items: [*items, *items, [1, 2], b"junk"]))
    here.home.sync(direct)
    assert here.home.mirror.status().meters[0].pages_held == SIZE
    assert here.home.mirror.findings() == []


def test_another_tile_than_asked(tmp_path: Path) -> None:
    with street(tmp_path, 300) as here:
        here.head_only()
        newest = "pages 256 to 299"
        swapped = Direct(here.meter, when(Method.PAGES, lambda items: items[::-1]))
        error = here.home.refused(swapped, TileError, "pages 0 to 255")
        assert newest in str(error)
        twice = Direct(here.meter, when(Method.PAGES, lambda items: [items[0], items[0]]))
        with pytest.raises(TileError, match="pages 256 to 299: came for pages 0 to 255"):
            here.home.sync(twice)
        # The first of the two was right, and stays.
        assert [t.tile for t in here.home.mirror.tiles(here.meter.id)] == [1]
        here.synced()
        assert check_mirror(here.home.path, here.home.root, here.ledger.wall_ns()).complete


def test_a_tile_of_an_older_log_is_refused(here: Street) -> None:
    """Proven once, for a log of ten pages; the record now says forty."""
    old = tiles.pack(0, here.meter.keeper.pages(0, 10), 10, here.meter.keeper.tree.subtree_proof(0, 10, 10))
    direct = Direct(here.meter, when(Method.PAGES, lambda _: [old.to_value()]))
    here.home.refused(direct, TileError, "pages 0 to 9")


def test_a_flipped_bit_anywhere_in_a_tile_is_refused(tmp_path: Path) -> None:
    """Every byte of every tile of a stream, one bit of it flipped."""
    with street(tmp_path, 6) as here:
        here.head_only()
        plain = encode(tiles.pack(0, here.meter.keeper.pages(0, 6), 6, ()).to_value())
        before, tried = dump(here.home.mirror), 0
        for place in range(len(plain)):
            wrong = bytearray(plain)
            wrong[place] ^= 1 << place % 8
            try:
                value = decode(bytes(wrong))
            except CodecError:
                continue  # no message at all: the link ends
            tried += 1
            with pytest.raises(VerificationError) as caught:
                here.home.sync(Direct(here.meter, when(Method.PAGES, lambda _, value=value: [value])))
            assert isinstance(caught.value, TileError), (place, caught.value)
            assert caught.value.subject.startswith(("pages ", "tile")), caught.value
            assert dump(here.home.mirror) == before, place
        assert tried > 0.9 * len(plain)
        here.synced()


def test_a_wrong_epoch_root_leaves_pages_sealed_and_draws_nothing(tmp_path: Path) -> None:
    """The history is complete all the same, and not one zero is shown for what cannot be read."""
    with street(tmp_path, 12, 18) as here:
        here.home.sync(Direct(here.meter, when(Method.EPOCH_ROOT, lambda _: [bytes(32)])))
        state = here.home.mirror.status().meters[0]
        assert (state.pages_held, state.pages_opened, state.complete) == (30, 0, True)
        assert here.home.mirror.intervals(here.meter.id) == []
        readings = Readings.open(here.home.path)
        assert len(readings.sealed_slots(here.meter.id, 0, 1 << 40)) == 30
        assert len(readings.days(here.meter.id, 0, 1 << 30)) == 0
        readings.close()
        report = check_mirror(here.home.path, here.home.root, here.ledger.wall_ns())
        assert (report.complete, report.failures) == (True, ())
