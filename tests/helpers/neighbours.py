"""Neighbours on a small ledger in this process: commissioned homes that state days, guardians with real folders.

The engine, the contract and the guardians are the product's; homes sign with keys that follow from their names.
Not here: a meter (``meter``), the contract without an engine (``tests.contract.neighbour_rig``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from ohmstead.contract.neighbour_parameters import STATE_S, Guardian, NeighbourParameters
from ohmstead.contract.neighbour_rounds import record_rule
from ohmstead.contract.neighbour_state import guardian_keys, joint_of
from ohmstead.contract.overlay import Overlay
from ohmstead.core.intervals import Channel
from ohmstead.core.keys import SigningKey, kid
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.core.statements import CertifiedChannel, Commission, Register, Statement, sign
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.messages import RosterAction, RosterChange, StateDay, StateShape
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.rounds import Round, days_of, epoch_of
from ohmstead.node.guardian import Guardian as Process
from ohmstead.node.guardian_vault import Vault, signing_key
from tests.contract.neighbour_rig import day_message, shape_message
from tests.helpers.ledger import FIRST_HOUR, FOREVER, ZONE, Ledger, seed_key, zone_table

FIRST_DAY = FIRST_HOUR // 24
HOUSES, FLATS = Cohort("houses", 11, ZONE), Cohort("flats", 12, ZONE)
CERTIFIED_HOURS = 400 * 24


class Street:
    """A ledger with neighbours, its guardians in ``folder``, homes that are on a roster from the first day."""

    def __init__(self, folder: Path, homes: int = 16, guardians: int = 4, first_day: int = FIRST_DAY) -> None:
        self.folder = folder
        folders = [folder / f"guardian-{i}" for i in range(guardians)]
        keys = tuple(Guardian(f"guardian-{i}", signing_key(f).public) for i, f in enumerate(folders))
        self.params = NeighbourParameters(first_day, keys, (HOUSES, FLATS), age_s=0, lead_s=0, at_once=True)
        self.ledger = Ledger(folder, neighbours=self.params)
        self.hash = self.ledger.genesis.genesis_hash
        self.client = self.ledger.client()
        self.vaults = [Vault(f) for f in folders]
        self.guardians = [Process(self.client, self.ledger.genesis, v) for v in self.vaults]
        self.homes = [self._admit(f"home {n}") for n in range(homes)]

    def _admit(self, name: str) -> SigningKey:
        key, home = seed_key(name), sha256(name.encode()).digest()[:16]
        channels = (CertifiedChannel(Channel.IMPORT, True), CertifiedChannel(Channel.EXPORT, True))
        first = FIRST_HOUR - 24
        self.ledger.certify(Register(key.public, channels, first, first + CERTIFIED_HOURS, b"test", False))
        self.ledger.certify(Commission(key.kid, home, ZONE, first))
        self.send(key, RosterChange(epoch_of(FIRST_DAY), RosterAction.JOIN, key.kid, HOUSES.id, 1))
        self.ledger.step()
        return key

    def send(self, key: SigningKey, body: object) -> None:
        """A statement that must be taken by the mempool."""
        self.ledger.submit(sign(key, self.hash, Statement(body, FOREVER)))

    @property
    def state(self) -> Overlay:
        state = self.ledger.engine.app.state
        return Overlay(state.get, state.between)

    def joint(self, epoch: int) -> bytes:
        found = joint_of(guardian_keys(self.state, epoch), len(self.vaults))
        assert found is not None
        return found

    async def look(self, *guardians: int) -> None:
        """These guardians look, all without arguments; a block follows."""
        for i in guardians or range(len(self.guardians)):
            await self.guardians[i].look()
        self.ledger.step()

    def state_day(self, day: int, wh: Mapping[bytes, int], but: Iterable[bytes] = ()) -> None:
        """Homes state a day that is over; eight a block."""
        self.ledger.until(max(self.ledger.now_s + 1, end_of(day)))
        self.ledger.step()
        joint, left = self.joint(epoch_of(day)), set(but)
        for key in self.homes:
            if key.kid in left:
                continue
            r = Round.of_day(self.hash, HOUSES.id, day)
            message = day_message(r, key.kid, joint, wh[key.kid], HOUSES.s)
            self.send(key, StateDay(r.epoch, HOUSES.id, day, key.kid, message))
        while self.ledger.engine.mempool:
            self.ledger.step()

    def state_month(self, epoch: int, amounts: Mapping[bytes, tuple[int, ...]]) -> None:
        """These homes state their load shape of a month that is over; one a block."""
        self.ledger.until(max(self.ledger.now_s + 1, end_of(days_of(epoch)[-1])))
        self.ledger.step()
        joint, r = self.joint(epoch), Round(self.hash, HOUSES.id, epoch, None)
        for key in self.homes:
            if key.kid in amounts:
                message = shape_message(r, key.kid, joint, amounts[key.kid])
                self.send(key, StateShape(epoch, HOUSES.id, key.kid, message))
        while self.ledger.engine.mempool:
            self.ledger.step()

    def close(self, day: int) -> None:
        """The block in which a day closes."""
        self.ledger.until(max(self.ledger.now_s + 1, end_of(day) + STATE_S))
        self.ledger.step()

    def records(self, cohort: Cohort = HOUSES) -> list[RoundRecord]:
        """The records that the node keeps, in order."""
        store, rule = self.ledger.store, record_rule(cohort.id)
        leaves = [RoundLeaf.from_bytes(leaf) for leaf in store.market_records(rule, 0)]
        books = [store.market_book(rule, i) for i in range(len(leaves))]
        return [leaf.record(book[0][0]) for leaf, book in zip(leaves, books, strict=True) if book is not None]

    def shut(self) -> None:
        for vault in self.vaults:
            vault.close()
        self.ledger.close()


def end_of(day: int) -> int:
    """The second at which a day is over."""
    return zone_table().slots_of(day).stop * SLOT_SECONDS


__all__ = ["FIRST_DAY", "FLATS", "HOUSES", "Street", "end_of", "kid"]
