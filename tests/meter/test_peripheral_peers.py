"""The peer table: roles and links never mix, and what is not on the disk has not happened."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.link.binding import Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.meter.peers import (
    MAX_PEERS,
    UNCONFIRMED_LIFE_S,
    Link,
    Peer,
    PeersDamaged,
    PeerTable,
    Standing,
    open_table,
)
from tests.link.rig import Killed, TableFile, signing_key

DAY = UNCONFIRMED_LIFE_S


def add(table: PeerTable, name: str, role: Role = Role.OWNER, now_s: int = 0, confirm: bool = True) -> Peer:
    peer = table.add(signing_key(name).public, name.encode().ljust(32), name.encode().ljust(8), role, now_s)
    return table.confirm(peer) if confirm else peer


def test_the_first_owner_is_granted_and_nobody_after() -> None:
    table = TableFile().table()
    assert not table.has_owner
    assert add(table, "one").granted is Role.OWNER
    assert table.has_owner
    for name, role in (("two", Role.OWNER), ("three", Role.VIEWER), ("four", Role.INSTALLER)):
        peer = add(table, name, role)
        assert (peer.granted, peer.standing) == (Role.NONE, Standing.ASKED)
        assert table.grant(peer.kid, role).granted is role
    assert add(table, "five", Role.NONE).standing is Standing.NONE


def test_an_epoch_keeps_its_owner_even_when_the_owner_is_revoked() -> None:
    table = TableFile().table()
    owner = add(table, "one")
    table.revoke(owner.kid)
    assert table.has_owner
    assert add(table, "two").granted is Role.NONE
    table.new_epoch()
    assert not table.peers
    assert add(table, "two").granted is Role.OWNER


def test_an_owner_who_never_came_back_is_no_owner() -> None:
    table = TableFile().table()
    add(table, "one", confirm=False)
    assert add(table, "two", confirm=False).granted is Role.OWNER
    assert len(table.peers) == 1


def test_an_installer_needs_a_mandate_and_no_owner() -> None:
    table = TableFile().table()
    assert add(table, "one", Role.INSTALLER).granted is Role.NONE
    table.allow_installer(True)
    assert add(table, "two", Role.INSTALLER).granted is Role.INSTALLER
    add(table, "three", Role.OWNER)
    assert add(table, "four", Role.INSTALLER).granted is Role.NONE


def test_a_device_that_pairs_again_keeps_its_role_and_leaves_one_entry() -> None:
    table = TableFile().table()
    add(table, "one")
    key = signing_key("one").public
    again = table.add(key, b"s" * 32, b"i" * 8, Role.OWNER, 5)
    assert again.granted is Role.OWNER
    assert len(table.peers) == 2, "the old one lives until the new one has come back"
    table.confirm(again)
    assert [peer.static for peer in table.peers] == [b"s" * 32]


def test_unconfirmed_ends_after_a_day_or_with_another_pairing() -> None:
    table = TableFile().table()
    peer = add(table, "one", now_s=100, confirm=False)
    assert table.by_id(peer.peer_id, 99 + DAY) == peer
    assert table.by_id(peer.peer_id, 100 + DAY) is None
    table.expire(100 + DAY)
    assert table.peers == ()
    kept = add(table, "two", now_s=0)
    table.expire(10 * DAY)
    assert table.by_id(kept.peer_id, 10 * DAY) == kept


def test_ids_rotate_and_a_replay_moves_nothing() -> None:
    table = TableFile().table()
    peer = add(table, "one")
    first = table.rotate(peer, peer.peer_id, b"next 001")
    assert table.rotate(first, peer.peer_id, b"next 002") == first
    assert {p.peer_id for i in (peer.peer_id, b"next 001") if (p := table.by_id(i, 0))} == {peer.peer_id}
    second = table.rotate(first, b"next 001", b"next 002")
    assert table.by_id(peer.peer_id, 0) is None
    assert (second.peer_id, second.next_id) == (b"next 001", b"next 002")


def test_roles_are_asked_taken_back_granted_and_revoked() -> None:
    table = TableFile().table()
    owner = add(table, "one")
    peer = add(table, "two", Role.NONE)
    peer = table.ask(peer, Role.VIEWER)
    assert peer.standing is Standing.ASKED
    assert table.ask(peer, Role.NONE).standing is Standing.NONE
    assert table.grant(peer.kid, Role.VIEWER).granted is Role.VIEWER
    assert table.grant(peer.kid, Role.NONE).granted is Role.NONE
    assert table.ask(owner, Role.OWNER).granted is Role.OWNER
    for role in (Role.NONE, Role.VIEWER):
        with pytest.raises(Refused):
            table.ask(owner, role)
    assert table.has_owner
    assert [p.kid for p in table.revoke(peer.kid)] == [peer.kid]
    for action in (table.revoke, lambda name: table.grant(name, Role.VIEWER)):
        with pytest.raises(Refused) as caught:
            action(peer.kid)
        assert caught.value.code is RefusalCode.NOT_FOUND


def test_the_table_is_bounded() -> None:
    table = TableFile().table()
    for n in range(MAX_PEERS):
        add(table, f"peer{n}")
    with pytest.raises(Refused) as caught:
        add(table, "one too many")
    assert caught.value.code is RefusalCode.FULL
    assert table.next_counter == MAX_PEERS + 1


def test_a_change_that_cannot_be_written_has_not_happened() -> None:
    file = TableFile()
    table = file.table()
    add(table, "one", confirm=False)
    before = table.peers
    file.fail_before = file.saves + 1
    with pytest.raises(Killed):
        table.confirm(before[0])
    assert table.peers == before
    assert file.table().peers == before


steps = st.lists(
    st.tuples(
        st.sampled_from(("add", "confirm", "rotate", "ask", "grant", "revoke", "expire", "mandate")),
        st.integers(0, 3),
        st.sampled_from(Role),
    ),
    max_size=25,
)


@given(steps)
@settings(max_examples=60)
def test_whatever_happens_the_file_says_the_same_and_the_rules_hold(
    course: list[tuple[str, int, Role]],
) -> None:
    file = TableFile()
    table = file.table()
    for now_s, (step, number, role) in enumerate(course):
        counter = table.next_counter
        peer = table.peers[number] if number < len(table.peers) else None
        if step == "add":
            table.add(signing_key(str(number)).public, bytes((now_s,)) * 32, bytes((now_s,)) * 8, role, now_s)
            assert table.next_counter == counter + 1
        elif step == "expire":
            table.expire(now_s + DAY * (number > 1))
        elif step == "mandate":
            table.allow_installer(number > 1)
        elif peer is not None and step == "confirm":
            table.confirm(peer)
        elif peer is not None and step == "rotate":
            table.rotate(peer, peer.peer_id, bytes((now_s, 1)) * 4)
        elif peer is not None and step == "ask":
            with contextlib.suppress(Refused):
                table.ask(peer, role)
        elif peer is not None and step == "grant":
            table.grant(peer.kid, role)
        elif peer is not None:
            table.revoke(peer.kid)
        assert sum(p.link is Link.UNCONFIRMED for p in table.peers) <= 1
        assert len({p.static for p in table.peers}) == len(table.peers)
        again = file.table()
        assert (again.peers, again.next_counter, again.has_owner) == (
            table.peers,
            table.next_counter,
            table.has_owner,
        )


def test_the_file_is_private_and_durable(tmp_path: Path) -> None:
    path = tmp_path / "peers"
    table = open_table(path)
    add(table, "one")
    assert path.stat().st_mode & 0o777 == 0o600
    assert open_table(path).peers == table.peers


@pytest.mark.parametrize("damage", [b"", b"\x80", b"\xff" * 40])
def test_a_damaged_file_is_never_taken_for_an_empty_one(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "peers"
    path.write_bytes(damage)
    with pytest.raises(PeersDamaged):
        open_table(path)
    assert path.read_bytes() == damage
