"""A home's market desk: wishes, signed and on the disk before anything leaves; without a link they wait.

Here: what a wish needs, and keeping it. Not here: looking and handing over (``watch``), the rules (``market``,
``contract``). Thread: coroutines belong to the io loop.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Sequence
from functools import partial

from ohmstead.contract.parameters import MarketParameters, start_s, terms_at
from ohmstead.core.codec import encode
from ohmstead.core.slots import slot_at
from ohmstead.market.lots import admit_bid, admit_lot
from ohmstead.market.orders import Order, OrderMalformed, OrderRefused, Side, Step, Terms, admit
from ohmstead.market.settlement import flat_lock, lot_bond, lot_lock
from ohmstead.services.market.pump import CANCEL, SEQUENCED
from ohmstead.services.market.wallet import LotFacts
from ohmstead.services.market.watch import Declined, MarketWatch, Now, home_of
from ohmstead.services.market_states import OrderStage
from ohmstead.store.market import BID, LOT, ORDER, Draft, PlacedRow

#: Standing instructions: at most so many locks at once.
MOST_LOCKS = 6
SALT_BYTES = 32


class MarketDesk(MarketWatch):
    """Takes wishes. Every method raises Declined for what cannot be, and ExternalError where the disk refuses."""

    async def offer(self, side: Side, wants: Sequence[tuple[int, tuple[Step, ...]]]) -> tuple[int, ...]:
        """Signs and keeps one order per slot; the keys of their rows. Raises Declined, ExternalError."""
        now = self._ready()
        orders = [(slot, self._order(side, slot, steps, now)) for slot, steps in wants]
        self._afford(now, [slot for slot, _ in orders])
        keys = []
        for slot, order in orders:
            keys.append((await self._place_order(now, slot, order)).key)
        await self._kept()
        return tuple(keys)

    def _order(self, side: Side, slot: int, steps: tuple[Step, ...], now: Now) -> Order:
        params = now.view.params
        if slot < params.first_slot or self._now_s() >= params.gate_s(slot):
            raise Declined("GATE_CLOSED", which=slot)
        try:
            order = Order(side, steps)
            admit(order, terms_at(params, now.view.series, slot))
        except OrderRefused as error:
            reason = "OVER_MAXIMUM" if error.field == "steps" else "OUTSIDE_BAND"
            raise Declined(reason, error.reason, which=slot) from error
        except OrderMalformed as error:
            raise Declined("REFUSED", error.reason, which=slot) from error
        return order

    def _afford(self, now: Now, slots: Sequence[int]) -> None:
        """That the locks which can stand at once fit into what is free. Raises Declined."""
        view, wallet = now.view, now.wallet
        account = view.account
        if account is None:
            raise Declined("NO_MONEY")
        if account.barred_until > self._now_s():
            raise Declined("BARRED")
        fresh = [s for s in slots if not ((d := wallet.latest(s)) is not None and d.live)]
        at_once = min(len(fresh), view.params.open_slots + view.params.gate_slots + 1)
        if not at_once:
            return
        needed = at_once * flat_lock(terms_at(view.params, view.series, fresh[0]))
        if needed > account.free:
            raise Declined("NO_MONEY", missing_nano=needed - account.free)

    async def _place_order(self, now: Now, slot: int, order: Order) -> PlacedRow:
        home = home_of(now.trust)
        assert home is not None
        signer = self._signer(now.trust, home)
        floor = now.wallet.versions.get(slot, 0)
        return await self._db(
            partial(
                self.store.place, ORDER, slot.to_bytes(8, "big"), self._now_s(),
                lambda version: signer.order(slot, order, version), floor=floor,
            )
        )  # fmt: skip

    async def cancel(self, key: int) -> None:
        """Takes an order back, before its gate. Raises Declined."""
        await self._take_back(key)
        await self._kept()

    async def _take_back(self, key: int) -> None:
        now = self._ready()
        row = await self._db(partial(self.store.one, key))
        if row is None or row.kind != ORDER:
            raise Declined("REFUSED", "no such order")
        slot = int.from_bytes(row.which, "big")
        if self._now_s() >= now.view.params.gate_s(slot):
            raise Declined("GATE_CLOSED", which=slot)
        home = home_of(now.trust)
        assert home is not None
        signer, at = self._signer(now.trust, home), self._now_s()
        if row.stage != OrderStage.WAITING.value:
            await self._db(
                partial(
                    self.store.wish, CANCEL, row.which, at,
                    lambda number: (signer.cancel(slot, number, at), b""), floor=row.version,
                )
            )  # fmt: skip
        await self._db(partial(self.store.move, key, OrderStage.CANCELLED.value))

    async def undo(self, keys: Sequence[int]) -> None:
        """Takes back what can still be taken back."""
        for key in keys:
            with contextlib.suppress(Declined):
                await self._take_back(key)
        await self._kept()

    async def instruct(self, side: Side, wh_a_day: int, limit: int, until_s: int) -> None:
        """A standing instruction for the meter, replacing the one before. Raises Declined."""
        now = self._ready()
        low, high = self._terms(now).band(side)
        if not low <= limit <= high:
            raise Declined("OUTSIDE_BAND", f"{limit} is outside {low} to {high}")
        terms = encode([int(side), wh_a_day, limit, until_s])
        await self._give_mandate(now, terms, until_s, MOST_LOCKS)

    async def stop_instructing(self) -> None:
        """Revokes the standing instruction."""
        await self._give_mandate(self._ready(), b"", self._now_s(), 0)

    async def _give_mandate(self, now: Now, terms: bytes, until_s: int, most: int) -> None:
        home = home_of(now.trust)
        assert home is not None
        signer, salt, at = self._signer(now.trust, home), secrets.token_bytes(SALT_BYTES), self._now_s()
        opening = encode([terms, salt])
        await self._db(
            partial(
                self.store.wish, SEQUENCED, b"", at,
                lambda seq: (signer.mandate(terms, salt, until_s, most, seq, at), opening),
                floor=now.view.signed_up_to,
            )
        )  # fmt: skip
        facts = {"terms": encode([terms, salt, most])} if terms else {}
        await self._db(partial(self.store.keep_facts, facts) if facts else self._forget_terms)
        await self._kept()

    def _forget_terms(self) -> None:
        self.store.forget_fact("terms")

    async def payout(self, nano: int) -> None:
        """Asks for a payout, 0 takes the wish back. Raises Declined."""
        now = self._ready()
        account, home = now.view.account, home_of(now.trust)
        assert home is not None
        if account is None or nano > account.free + account.payout:
            raise Declined("NO_MONEY", missing_nano=nano - (account.free + account.payout if account else 0))
        signer, at = self._signer(now.trust, home), self._now_s()
        await self._db(
            partial(
                self.store.wish, SEQUENCED, b"", at,
                lambda seq: (signer.payout(nano, seq, at), b""), floor=now.view.signed_up_to,
            )
        )  # fmt: skip
        await self._kept()

    async def open_lot(self, wh: int, first: int, slots: int, reserve: int, gate: int) -> int:
        """Signs and keeps a surplus lot; its row's key. Raises Declined."""
        now = self._ready()
        view, home = now.view, home_of(now.trust)
        assert home is not None
        terms = terms_at(view.params, view.series, first)
        self._lot_times(view.params, first, slots, gate)
        try:
            admit_lot(wh, reserve, terms)
        except OrderRefused as error:
            raise Declined("OUTSIDE_BAND", error.reason) from error
        self._need(now, lot_bond(wh, terms))
        lot, draft = self._signer(now.trust, home).lot(wh, first, slots, reserve, gate)
        row = await self._keep_draft(LOT, lot, draft)
        await self._learn(
            {lot: LotFacts(wh, terms.feed_in, terms.retail, terms.fee, reserve, first, slots, gate)}
        )
        await self._kept()
        return row.key

    def _lot_times(self, params: MarketParameters, first: int, slots: int, gate: int) -> None:
        if not 1 <= slots <= params.max_lot_slots:
            raise Declined("OVER_MAXIMUM", f"{slots} slots")
        late = start_s(gate) + params.reveal_seconds >= params.open_s(first)
        if late or self._now_s() >= start_s(gate):
            raise Declined("GATE_CLOSED", which=gate)

    async def bid(self, lot: bytes, price: int) -> int:
        """Signs and keeps a bid on a lot, all-in; its row's key. Raises Declined."""
        now = self._ready()
        record, home = now.view.lots.get(lot), home_of(now.trust)
        assert home is not None
        if record is None:
            raise Declined("GATE_CLOSED", which=lot)
        params = now.view.params
        terms = Terms(params.pricing, record.feed_in, record.retail, record.fee, params.max_order_wh)
        if self._now_s() >= start_s(record.gate):
            raise Declined("GATE_CLOSED", which=lot)
        try:
            admit_bid(price, record.reserve, terms)
        except OrderRefused as error:
            raise Declined("OUTSIDE_BAND", error.reason, which=lot) from error
        latest = now.wallet.latest(lot)
        if latest is None:
            self._need(now, lot_lock(record.wh, terms))
        signer, floor = self._signer(now.trust, home), now.wallet.versions.get(lot, 0)
        row = await self._db(
            partial(
                self.store.place, BID, lot, self._now_s(),
                lambda version: signer.bid(lot, price, version), floor=floor,
            )
        )  # fmt: skip
        await self._kept()
        return row.key

    async def _keep_draft(self, kind: str, which: bytes, draft: Draft) -> PlacedRow:
        return await self._db(partial(self.store.place, kind, which, self._now_s(), lambda _version: draft))

    def _need(self, now: Now, nano: int) -> None:
        account = now.view.account
        free = account.free if account is not None else 0
        if account is not None and account.barred_until > self._now_s():
            raise Declined("BARRED")
        if nano > free:
            raise Declined("NO_MONEY", missing_nano=nano - free)

    # ---- inside -----------------------------------------------------------------------------------

    def _ready(self) -> Now:
        if self._now is None:
            raise Declined("AWAY")
        if not self._owner:
            raise Declined("VIEWER")
        return self._now

    async def _kept(self) -> None:
        """Something was signed and kept: show it, and hand it over."""
        await self._show()
        self.kick()

    def _terms(self, now: Now) -> Terms:
        params = now.view.params
        slot = max(params.first_slot, slot_at(self._now_s()) + params.gate_slots + 1)
        return terms_at(params, now.view.series, slot)
