"""The meter's table of peers: who may come back, as what, under which ids.

Here: the table, its rules and its file. Two fields, never one: the *link* (unconfirmed, then confirmed at
the first resumed session) and the *role* (none, asked, granted by an owner). Not here: handshakes
(``peripheral_session``), what a role may do (``peripheral_service``). Source: protocol/link,
"Two fields, never one".

Every change is on the disk before the call returns; a change that cannot be written is not made. Times are
Unix seconds, given by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bool,
    as_bytes,
    as_list,
    as_uint,
    decode,
    encode,
)
from ohmstead.core.keys import kid
from ohmstead.link.binding import PEER_ID_BYTES, Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.system.files import read_secret_file, write_secret_file

MAX_PEERS = 32
UNCONFIRMED_LIFE_S = 24 * 3600
_VERSION = 1


class Link(IntEnum):
    """Whether the peer has ever come back."""

    UNCONFIRMED = 0
    CONFIRMED = 1


class Standing(IntEnum):
    """Where the peer stands with the role it named."""

    NONE = 0
    ASKED = 1
    GRANTED = 2


@dataclass(frozen=True, slots=True)
class Peer:
    """One device that has paired."""

    device_key: bytes
    static: bytes
    peer_id: bytes
    next_id: bytes | None
    link: Link
    role: Role
    standing: Standing
    counter: int
    paired_at: int

    @property
    def kid(self) -> bytes:
        """The name under which owners list and revoke it: the device key's kid, 16 bytes."""
        return kid(self.device_key)

    @property
    def granted(self) -> Role:
        """The role it holds now."""
        return self.role if self.standing is Standing.GRANTED else Role.NONE

    def to_value(self) -> Value:
        """For the file."""
        return [
            self.device_key,
            self.static,
            self.peer_id,
            self.next_id,
            int(self.link),
            int(self.role),
            int(self.standing),
            self.counter,
            self.paired_at,
        ]

    @classmethod
    def from_value(cls, value: Value) -> Peer:
        """Raises CodecError."""
        fields = as_list(value, "peer", 9)
        following = None if fields[3] is None else as_bytes(fields[3], "next id", PEER_ID_BYTES)
        return cls(
            as_bytes(fields[0], "device key", 32),
            as_bytes(fields[1], "static key", 32),
            as_bytes(fields[2], "peer id", PEER_ID_BYTES),
            following,
            Link(as_uint(fields[4], "link", len(Link))),
            Role(as_uint(fields[5], "role", len(Role))),
            Standing(as_uint(fields[6], "standing", len(Standing))),
            as_uint(fields[7], "counter"),
            as_uint(fields[8], "time"),
        )


class PeersDamaged(Exception):
    """The file is not a peer table. It is never replaced by an empty one: that would let anyone own it."""


class PeerTable:
    """All peers of one meter. Built by ``open_table`` or, without a file, ``PeerTable(save)``."""

    def __init__(
        self,
        save: Callable[[bytes], None],
        peers: tuple[Peer, ...] = (),
        counter: int = 0,
        installer_by_mandate: bool = False,
        owned: bool = False,
    ) -> None:
        self._save = save
        self._peers = peers
        self._counter = counter
        self._mandate = installer_by_mandate
        self._owned = owned

    # ---- reading -----------------------------------------------------------------------------

    @property
    def peers(self) -> tuple[Peer, ...]:
        """All of them, in the order of pairing."""
        return self._peers

    @property
    def next_counter(self) -> int:
        """The pairing counter that the next committed pairing will have."""
        return self._counter + 1

    @property
    def has_owner(self) -> bool:
        """Whether this epoch has an owner: once one has come back, until ``new_epoch``, even if revoked."""
        return self._owned or any(peer.granted is Role.OWNER for peer in self._peers)

    def by_id(self, peer_id: bytes, now_s: int) -> Peer | None:
        """The live peer that goes by this id, old or next."""
        for peer in self._peers:
            if not _expired(peer, now_s) and peer_id in (peer.peer_id, peer.next_id):
                return peer
        return None

    def current(self, peer: Peer) -> Peer | None:
        """The same peer as it stands now; None once it has been revoked or replaced."""
        return next((p for p in self._peers if p.static == peer.static), None)

    # ---- changing ----------------------------------------------------------------------------

    def _commit(
        self,
        peers: tuple[Peer, ...],
        *,
        counter: int | None = None,
        mandate: bool | None = None,
        owned: bool | None = None,
    ) -> None:
        """Write, then believe: what could not be written has not happened."""
        counter = self._counter if counter is None else counter
        mandate = self._mandate if mandate is None else mandate
        owned = self._owned if owned is None else owned
        self._save(encode([_VERSION, counter, mandate, owned, [peer.to_value() for peer in peers]]))
        self._peers, self._counter, self._mandate, self._owned = peers, counter, mandate, owned

    def _replace(self, old: Peer, new: Peer) -> Peer:
        self._commit(tuple(new if peer.static == old.static else peer for peer in self._peers))
        return new

    def allow_installer(self, allowed: bool) -> None:
        """Whether a ledger mandate admits an installer while there is no owner."""
        if allowed is not self._mandate:
            self._commit(self._peers, mandate=allowed)

    def new_epoch(self) -> None:
        """A new tenancy begins: nobody of the old one may come back, and the next first owner may come."""
        self._commit((), owned=False)

    def add(self, device_key: bytes, static: bytes, peer_id: bytes, role: Role, now_s: int) -> Peer:
        """Store a new pairing, unconfirmed; every other unconfirmed one ends. Raises Refused when full.

        A role is granted at once to the first owner, to an installer under a mandate while there is no owner,
        and to a device that holds it already: the device key has just signed.
        """
        others = tuple(p for p in self._peers if p.link is Link.CONFIRMED)
        if len(others) >= MAX_PEERS:
            raise Refused(RefusalCode.FULL)
        owned = self._owned or any(p.granted is Role.OWNER for p in others)
        admitted = not owned and (role is Role.OWNER or (role is Role.INSTALLER and self._mandate))
        held = any(p.device_key == device_key and p.granted is role for p in others)
        if role is Role.NONE:
            standing = Standing.NONE
        else:
            standing = Standing.GRANTED if admitted or held else Standing.ASKED
        counter = self._counter + 1
        peer = Peer(device_key, static, peer_id, None, Link.UNCONFIRMED, role, standing, counter, now_s)
        self._commit((*others, peer), counter=counter)
        return peer

    def rotate(self, peer: Peer, used_id: bytes, fresh_id: bytes) -> Peer:
        """The peer with an id to send next. Called once a handshake under ``used_id`` authenticates.

        Coming by the next id retires the old one; coming by the old one gets the same next id again, so a
        replayed opening moves nothing.
        """
        if peer.next_id is not None and used_id == peer.peer_id:
            return peer
        return self._replace(peer, replace(peer, peer_id=used_id, next_id=fresh_id))

    def confirm(self, peer: Peer) -> Peer:
        """Mark the link confirmed; an older pairing of the same device ends."""
        confirmed = replace(peer, link=Link.CONFIRMED)
        kept = (p for p in self._peers if p.static == peer.static or p.device_key != peer.device_key)
        self._commit(
            tuple(confirmed if p.static == peer.static else p for p in kept),
            owned=self._owned or confirmed.granted is Role.OWNER,
        )
        return confirmed

    def ask(self, peer: Peer, role: Role) -> Peer:
        """Ask for a role, or with NONE take the wish back.

        Raises Refused (FORBIDDEN) while another role is held: that is an owner's to change.
        """
        if peer.granted is not Role.NONE:
            if role is peer.granted:
                return peer
            raise Refused(RefusalCode.FORBIDDEN)
        standing = Standing.NONE if role is Role.NONE else Standing.ASKED
        return self._replace(peer, replace(peer, role=role, standing=standing))

    def grant(self, name: bytes, role: Role) -> Peer:
        """Give the peer of this kid a role. Raises Refused (NOT_FOUND)."""
        peer = self._named(name)
        standing = Standing.NONE if role is Role.NONE else Standing.GRANTED
        return self._replace(peer, replace(peer, role=role, standing=standing))

    def revoke(self, name: bytes) -> tuple[Peer, ...]:
        """Remove every pairing of the device with this kid; what was removed. Raises Refused (NOT_FOUND)."""
        self._named(name)
        gone = tuple(p for p in self._peers if p.kid == name)
        self._commit(tuple(p for p in self._peers if p.kid != name))
        return gone

    def expire(self, now_s: int) -> None:
        """Drop unconfirmed pairings older than a day."""
        kept = tuple(p for p in self._peers if not _expired(p, now_s))
        if len(kept) != len(self._peers):
            self._commit(kept)

    def _named(self, name: bytes) -> Peer:
        found = [p for p in self._peers if p.kid == name]
        if not found:
            raise Refused(RefusalCode.NOT_FOUND)
        return found[-1]


def _expired(peer: Peer, now_s: int) -> bool:
    return peer.link is Link.UNCONFIRMED and now_s - peer.paired_at >= UNCONFIRMED_LIFE_S


def _unpack(data: bytes) -> tuple[tuple[Peer, ...], int, bool, bool]:
    version, counter, mandate, owned, peers = as_list(decode(data), "peer table", 5)
    if version != _VERSION:
        raise CodecError("a peer table of another version")
    return (
        tuple(Peer.from_value(value) for value in as_list(peers, "peers", at_most=MAX_PEERS + 1)),
        as_uint(counter, "pairing counter"),
        as_bool(mandate, "mandate"),
        as_bool(owned, "owned"),
    )


def open_table(path: Path) -> PeerTable:
    """The table kept in this file, made at its first change. Raises PeersDamaged, ExternalError."""
    data = read_secret_file(path)

    def save(packed: bytes) -> None:
        write_secret_file(path, packed)

    if data is None:
        return PeerTable(save)
    try:
        return PeerTable(save, *_unpack(data))
    except CodecError as error:
        raise PeersDamaged(f"{path.name} is damaged: {error}") from error
