"""What the demonstration's members do for households: admit simulated ones, bring money in and out.

Everything asks the ledger first what is there already, so that it can be cut off anywhere and taken up again.
Here: the certifier's and the treasury's part. Not here: the meter of the home that is shown (``consortium``),
trading (``market_day``).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from ohmstead.contract.accounts import Account
from ohmstead.contract.genesis import AppState
from ohmstead.contract.overlay import ACCOUNT, METER, ROSTER, SIGNER, TREASURY
from ohmstead.core.codec import as_uint, decode
from ohmstead.core.market_statements import Credit, Withdraw
from ohmstead.core.slots import SLOT_SECONDS, hour_at, zone_identifier
from ohmstead.core.statements import Body, Statement, sign
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.meter.sources.choose import Outline
from ohmstead.neighbours.cohorts import propose
from ohmstead.neighbours.messages import RosterAction, RosterChange
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.node.client import NodeClient, NodeRefused, values_of
from ohmstead.village.asking import seconds_of, send
from ohmstead.village.cohorts import features_of
from ohmstead.village.consortium import CERTIFICATE_HOURS, Consortium, step, valid_until
from ohmstead.village.households import Household

#: What the treasury credits a household at its beginning, nano-units: 60 of the currency.
WELCOME_NANO = 60 * 10**9


async def admit_households(
    consortium: Consortium, client: NodeClient, homes: Sequence[Household], outline: Outline
) -> None:
    """Registers and commissions simulated meters, opens their accounts, credits them: what is left of that to do.

    For the time before a replayed past goes on. Raises NodeUnreachable, NodeRefused.
    """
    for _ in range(5):  # meters, accounts, credits, rosters; and a look that finds nothing left
        txs = await _missing(consortium, client, homes, outline)
        if not txs:
            return
        await send(client, txs)
        await step(client, consortium.genesis)
    raise NodeRefused("the simulated households were not admitted", "")


async def _missing(
    consortium: Consortium, client: NodeClient, homes: Sequence[Household], outline: Outline
) -> list[bytes]:
    genesis = consortium.genesis
    meters = await values_of(client, METER, [h.meter.kid for h in homes])
    accounts = await values_of(client, ACCOUNT, [h.id for h in homes])
    (used,) = await values_of(client, SIGNER, [consortium.certifier.kid])
    seq = 0 if used is None else as_uint(decode(used), "sequence")
    first = hour_at(genesis.genesis_time_ns // 10**9)  # they open accounts before the home's first hour
    txs = []
    for home, meter, account in zip(homes, meters, accounts, strict=True):
        admission = home.admission(zone_identifier(outline.zone), first, first + CERTIFICATE_HOURS)
        bodies: tuple[Body, ...] = ()
        if meter is None:
            bodies = admission
        elif MeterRecord.from_cbor(meter).home is None:
            bodies = admission[1:]
        for body in bodies:
            seq += 1
            statement = Statement(body, valid_until(genesis), seq)
            txs.append(sign(consortium.certifier, genesis.genesis_hash, statement))
        if meter is not None and not bodies:
            if account is None:
                txs.append(home.account())
            else:
                txs += await credit_once(consortium, client, home.id)
    return txs or await _rosters(consortium, client, homes)


async def _rosters(consortium: Consortium, client: NodeClient, homes: Sequence[Household]) -> list[bytes]:
    """Joins of the homes that are on no roster yet: each in the cohort that fits it, if one does."""
    params = consortium.neighbours
    if params is None:
        return []
    members = [(home, propose(params.cohorts, features_of(home.home))) for home in homes]
    there = await values_of(client, ROSTER, [b"\x00" + home.meter.kid for home, _ in members])
    status, zones = await client.status(), AppState.from_cbor(consortium.genesis.app_state).zones
    now = seconds_of(status.time) // SLOT_SECONDS
    txs = []
    for (home, cohort), known in zip(members, there, strict=True):
        if cohort is None or known is not None:
            continue
        zone = next(z for z in zones if z.name == cohort.zone)
        epoch = epoch_of(zone.day_of(now))
        txs.append(home.by_meter(RosterChange(epoch, RosterAction.JOIN, home.meter.kid, cohort.id, 1)))
    return txs


async def credit_once(consortium: Consortium, client: NodeClient, household: bytes) -> list[bytes]:
    """The treasury's first credit for a household, if it was not given yet."""
    reference = b"welcome " + sha256(household).digest()[:8]
    (known,) = await values_of(client, TREASURY, [b"ref/" + reference])
    if known is not None:
        return []
    return [_by_treasury(consortium, Credit(household, WELCOME_NANO, reference))]


class Treasurer:
    """The demonstration's treasury for one household: a first credit, and each payout that it asks for.

    A payout's reference holds its place in the household's log, so that none is made twice.
    """

    def __init__(self, consortium: Consortium, client: NodeClient, household: bytes) -> None:
        self._consortium = consortium
        self._client = client
        self._household = household

    async def look(self) -> None:
        """Does what is due. Raises NodeUnreachable, NodeRefused."""
        (raw,) = await values_of(self._client, ACCOUNT, [self._household])
        if raw is None:
            return
        txs = await credit_once(self._consortium, self._client, self._household)
        account = Account.from_cbor(raw)
        if account.payout:
            (home,) = await values_of(self._client, "home", [self._household])
            reference = b"paid " + sha256(self._household + (home or b"")).digest()[:8]
            txs.append(_by_treasury(self._consortium, Withdraw(self._household, account.payout, reference)))
        await send(self._client, txs)


def _by_treasury(consortium: Consortium, body: Body) -> bytes:
    genesis = consortium.genesis
    return sign(consortium.treasury, genesis.genesis_hash, Statement(body, valid_until(genesis)))
