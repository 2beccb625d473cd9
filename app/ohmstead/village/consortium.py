"""The demonstration's consortium: its keys, its genesis with the market's parameters, its certifier's statements.

Keys of all members lie in one folder of one machine, which is what "single operator" on every screen means.
Here: making them once, admitting the meter and the simulated households. Not here: processes (``neighbourhood``).
"""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from ohmstead.contract.genesis import AppState, Member, Quotas
from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.contract.overlay import METER, SIGNER
from ohmstead.contract.parameters import MarketParameters, Reference
from ohmstead.core.codec import as_uint, decode
from ohmstead.core.intervals import Channel
from ohmstead.core.keys import SigningKey, kid
from ohmstead.core.slots import HOUR_SECONDS, SLOTS_PER_HOUR, ZoneTable, slot_at, zone_identifier
from ohmstead.core.statements import CertifiedChannel, Commission, Register, Statement, sign
from ohmstead.errors import UserError
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.ledger.validators import Validator, ValidatorSet
from ohmstead.meter.sources.choose import Outline
from ohmstead.node.client import NodeClient, NodeRefused, values_of
from ohmstead.node.keys import load_or_make
from ohmstead.system.files import read_secret_file, write_secret_file
from ohmstead.system.zones import build_table
from ohmstead.village.asking import seconds_of
from ohmstead.village.cohorts import TALLIED_DAYS, parameters

MEMBERS = ("utility", "certifier", "municipality", "prosumer-co-op")
POWER = 10
NOTE = b"demonstration: a past year, replayed; quotas raised"
QUOTAS = Quotas(others=2000)
#: Prices of the demonstration's market, µ per kWh, and how long its past is, s.
FEED_IN, RETAIL, MARKET_FEE = 80_000, 300_000, 12_000
MARKET_PAST_S = 86_400
#: Three blocks a window, so that a replay of a block every three minutes fits one into a slot.
REVEAL_BLOCKS = 3
CERTIFICATE_HOURS = 12 * 366 * 24
#: By how much the ledger is older than its source's first hour, s: everybody is admitted in the hours before, or
#: the home's first pages would be late.
ADMISSION_S = 86_400
_ZONE_AHEAD = timedelta(days=800)
_VALID_S = 100 * 366 * 86_400
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Consortium:
    """Genesis document and certifier key of the demonstration."""

    genesis: GenesisDocument
    certifier: SigningKey
    treasury: SigningKey
    village_secret: bytes = field(repr=False)

    @property
    def neighbours(self) -> NeighbourParameters | None:
        """The parameters of the neighbours' tally; None where the ledger was founded without one."""
        return AppState.from_cbor(self.genesis.app_state).neighbours

    @property
    def market(self) -> MarketParameters | None:
        """The parameters of the ledger's market; None where it was founded without one."""
        return AppState.from_cbor(self.genesis.app_state).market


def load_or_found(folder: Path, outline: Outline | None, *, with_market: bool = False) -> Consortium:
    """The consortium kept in a folder, founded on first use a day before its source begins.

    Its market begins a day before it is founded: a past to look at. Without an ``outline`` it is only loaded;
    raises UserError where it was not founded.
    """
    secret = _seed(folder / "village-secret")
    certifier, treasury = (
        SigningKey.from_seed(_seed(folder / name)) for name in ("certifier-key", "treasury-key")
    )
    raw = read_secret_file(folder / "genesis.cbor")
    if raw is None:
        if outline is None:
            raise UserError(f"There is no consortium in {folder}.")
        validators = load_or_make(folder.parent / "node" / "validator-keys", len(MEMBERS))
        governance = load_or_make(folder / "governance-keys", len(MEMBERS))
        market = _market(treasury) if with_market else None
        raw = _found(folder.parent, validators, governance, certifier, outline, market).to_cbor()
        write_secret_file(folder / "genesis.cbor", raw)
    return Consortium(GenesisDocument.from_cbor(raw), certifier, treasury, secret)


def _seed(path: Path) -> bytes:
    seed = read_secret_file(path)
    if seed is None:
        seed = secrets.token_bytes(32)
        write_secret_file(path, seed)
    return seed


def _market(treasury: SigningKey) -> MarketParameters:
    first = slot_at(int(time.time()) - MARKET_PAST_S)
    prices = Reference(first, FEED_IN, RETAIL, MARKET_FEE)
    return MarketParameters(first, (prices,), treasury.public, reveal_blocks=REVEAL_BLOCKS)


def _found(
    folder: Path,
    validators: tuple[SigningKey, ...],
    governance: tuple[SigningKey, ...],
    certifier: SigningKey,
    outline: Outline,
    market: MarketParameters | None,
) -> GenesisDocument:
    start_s = outline.first_slot // SLOTS_PER_HOUR * HOUR_SECONDS - ADMISSION_S
    first: date = (datetime.fromtimestamp(start_s, UTC) - timedelta(days=3)).date()
    table = build_table(outline.zone, first, datetime.now(UTC).date() + _ZONE_AHEAD)
    state = AppState(
        zones=(table,),
        governance=tuple(Member(n, k.public) for n, k in zip(MEMBERS, governance, strict=True)),
        certifiers=(Member("certifier", certifier.public),),
        quotas=QUOTAS,
        replay=True,
        note=NOTE,
        market=market,
        neighbours=None if market is None else _neighbours(folder, table, market),
    )
    name = sha256(certifier.public).hexdigest()[:8]
    return GenesisDocument(
        f"ohmstead-demo-{name}-embedded",
        start_s * 10**9,
        ValidatorSet.of(Validator(k.public, POWER) for k in validators),
        state.to_cbor(),
    )


def _neighbours(folder: Path, table: ZoneTable, market: MarketParameters) -> NeighbourParameters:
    """Of a new demonstration: the tally begins some days before the market's first, which was yesterday."""
    first_slot = min(max(market.first_slot, table.first_slots[0]), table.first_slots[-1] - 1)
    first_day = max(table.first_day, table.day_of(first_slot) + 1 - TALLIED_DAYS)
    return parameters(folder, MEMBERS, table.name, first_day)


def home_of(public_key: bytes) -> bytes:
    """The id of the household that a meter of the demonstration is in."""
    return sha256(b"home" + public_key).digest()[:16]


def valid_until(genesis: GenesisDocument) -> int:
    """Block time (s) until which the demonstration's statements hold: for good."""
    return genesis.genesis_time_ns // 10**9 + _VALID_S


async def admit_meter(
    consortium: Consortium, client: NodeClient, public_key: bytes, outline: Outline
) -> None:
    """Registers and commissions a meter, what is left of that to do: what an installer's visit does.

    An admission that was cut off in the middle is taken up where it stood. Raises NodeUnreachable,
    NodeRefused.
    """
    meter, genesis = kid(public_key), consortium.genesis
    record = await _record(client, genesis, meter)
    if record is not None and record.home is not None:
        return
    first = outline.first_slot // SLOTS_PER_HOUR
    until = valid_until(genesis)
    bodies: list[Register | Commission] = []
    if record is None:
        channels = tuple(CertifiedChannel(Channel(c), True) for c in outline.channels)
        last = first + CERTIFICATE_HOURS
        bodies.append(Register(public_key, channels, first, last, b"Ohmstead reference meter", replayed=True))
    home = home_of(public_key)
    bodies.append(Commission(meter, home, zone_identifier(outline.zone), first))
    used = await _value(client, genesis, SIGNER, kid(consortium.certifier.public))
    first_seq = 1 if used is None else as_uint(decode(used), "sequence") + 1
    for seq, body in enumerate(bodies, first_seq):
        tx = sign(consortium.certifier, genesis.genesis_hash, Statement(body, until, seq))
        answer = await client.broadcast(tx)
        if answer.code:
            raise NodeRefused("the meter was not admitted", answer.log)
        await step(client, genesis)
    await step(client, genesis)


async def _record(client: NodeClient, genesis: GenesisDocument, meter: bytes) -> MeterRecord | None:
    raw = await _value(client, genesis, METER, meter)
    return None if raw is None else MeterRecord.from_cbor(raw)


async def _value(client: NodeClient, genesis: GenesisDocument, module: str, key: bytes) -> bytes | None:
    """A value of the newest state. Where that has no header yet, blocks are made until it has.

    A replay that waits for its traders makes none: then what the node says is enough to go on with.
    """
    if not (await client.status()).height:
        return None
    for _ in range(_TRIES):
        try:
            _, value = await client.proof(module, key)
        except NodeRefused:
            await step(client, genesis)
        else:
            return None if value is None else value.value
    return (await values_of(client, module, [key]))[0]


async def step(client: NodeClient, genesis: GenesisDocument) -> None:
    """One block: an hour of the replayed past, or the live engine's own."""
    status = await client.status()
    if not status.replaying:
        await asyncio.sleep(0.5)
        return
    await client.call("ohmstead_advance", to=seconds_of(status.time) + 3 * HOUR_SECONDS)
