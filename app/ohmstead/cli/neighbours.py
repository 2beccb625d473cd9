"""``ohmstead neighbours``: how this home compares, over the radio; joining, leaving, pausing, a full audit.

Syncs with the meter, follows the cohort's log, checks what has ended, does what is asked, and says how it stands;
or, offline, verifies again what this computer has. Energy in Wh; days are the cohort's local days. Exit code 1
where something was found wrong. Not here: doing any of it (``services.neighbours``), the page (``ui``).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

from ohmstead.cli.profile import add_profile, add_radio, central_of, home_of, homes_of
from ohmstead.contract.genesis import AppState
from ohmstead.core.codec import CodecError, as_identifier
from ohmstead.errors import UserError
from ohmstead.link.binding import Role
from ohmstead.link.central import Central
from ohmstead.neighbours.rounds import DAY_LIMIT, EPOCH_LIMIT, days_of, epoch_of
from ohmstead.services.neighbour_states import (
    AuditProgress,
    NeighbourReason,
    NeighbourState,
    OwnRound,
    RoundState,
    Standing,
)
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.services.neighbours.watch import Declined
from ohmstead.services.session import HomeSession, Posted
from ohmstead.services.workers import Workers

ACTIONS = ("show", "join", "leave", "pause", "resume", "audit")
PERCENTILES = (20, 50, 80)
NO_COMPARISON = "This home's ledger has no comparison with neighbours."
MAX_LOOKS = 60
MAX_VOIDS = 10
_DAY_0 = date(1970, 1, 1)
_HOURS = 24
HELP = """\
With --json: an object of
  cohort          the cohort that is shown, or null
  membership      asked, cohort, paused: what the owner wishes; standing, first, end: what the ledger holds (first
                  month, and the month in which it ends)
  guardians       [name, this_month, next_month]: whose key of a month is posted
  complete        whether every round that the ledger records is here and checked
  single_operator true where one operator holds every guardian's key
  latest          the newest day with a result, as in rounds, with mean_wh, percentiles_wh (20, 50, 80), own_wh
  rounds          newest first: round (2026-04-02, or 2026-04 (load shape)), standing (collecting, waiting,
                  result, void), n of roster homes, void (why), shared (guardians), audited, own (stage of this
                  home's statement), included (it is among those added up), shape (48 sums in parts per 255 of a
                  home's month: hours 0 to 23 of workdays, then of weekends)
  alarms          [finding, cohort, round, words]: what this computer found wrong
Exit code 0, or 1 where something is wrong or could not be done."""
_WORDS = {
    NeighbourReason.VIEWER: "Only a computer that was paired as an owner, in a later session, may do that.",
    NeighbourReason.NO_COHORT: "This ledger has no cohort of that name.",
    NeighbourReason.NO_NEIGHBOURS: "This meter takes no part in a comparison.",
    NeighbourReason.NOT_HERE: "That round cannot be audited: {detail}.",
    NeighbourReason.AWAY: "The meter has not proven the comparison yet. Try again.",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="show", help="default: %(default)s")
    parser.add_argument(
        "what", nargs="?", metavar="COHORT|DAY|MONTH", help="of join, and of audit (2026-04-02, 2026-04)"
    )
    parser.add_argument(
        "--offline", action="store_true", help="verify again what is on this computer, without the radio"
    )
    add_profile(parser)
    add_radio(parser)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HELP


def run(args: argparse.Namespace) -> int:
    """Does it. Raises UserError, ExternalError, VerificationError."""
    deed = _deed(args.action, args.what)
    if args.offline and deed is not None:
        raise UserError(f"{args.action}: not without the meter.")
    homes = homes_of(args)
    pairing = home_of(homes)
    workers = Workers()

    def post(event: Posted) -> None:
        if isinstance(event, AuditProgress) and not args.json:
            sys.stderr.write(f"\r{event.done} of {event.of} statements")
            sys.stderr.write("\n" if event.done == event.of else "")

    async def work() -> NeighbourState:
        if args.offline:
            session = HomeSession(Central(), homes, pairing, workers, post, time.time_ns)
            try:
                await session.open()
                return await _again(session)
            finally:
                await session.close()
        async with central_of(args) as central:
            session = HomeSession(central, homes, pairing, workers, post, time.time_ns)
            await session.open()
            try:
                return await _on(session, deed)
            finally:
                await session.close()

    try:
        state = asyncio.run(work())
    except Declined as declined:
        words = _WORDS.get(declined.reason, "That cannot be done: {detail}.")
        raise UserError(words.format(detail=declined.detail or declined.reason.value)) from declined
    finally:
        workers.close()
    sys.stdout.write((json.dumps(as_json(state)) if args.json else "\n".join(told(state))) + "\n")
    return 1 if state.alarms else 0


def _deed(action: str, what: str | None) -> Callable[[NeighbourDesk], Awaitable[None]] | None:
    if (what is not None) != (action in ("join", "audit")):
        which = (
            "a cohort, as houses-pv" if action == "join" else "a day, as 2026-04-02, or a month, as 2026-04"
        )
        raise UserError(f"{action}: {'nothing follows it' if what else f'say which: {which}'}.")
    match action:
        case "join":
            try:
                cohort = as_identifier(what, "cohort")
            except CodecError as error:
                raise UserError(f"{what} is no cohort's name.") from error
            return lambda desk: desk.join(cohort)
        case "leave":
            return lambda desk: desk.leave()
        case "pause" | "resume":
            return lambda desk: desk.pause(action == "pause")
        case "audit":
            epoch, day = round_of(what or "")
            return lambda desk: _audit(desk, epoch, day)
    return None


async def _audit(desk: NeighbourDesk, epoch: int, day: int | None) -> None:
    if desk.state.shown is None:
        raise Declined(NeighbourReason.NOT_HERE, "no cohort is followed")
    await desk.audit(desk.state.shown, day, epoch)


async def _again(session: HomeSession) -> NeighbourState:
    """What is on this computer, every record of it verified again."""
    trust = session.home.trust if session.home is not None else None
    if trust is None:
        raise UserError("Nothing is mirrored yet. Run `ohmstead sync`.")
    if AppState.from_cbor(trust.genesis.app_state).neighbours is None:
        raise UserError(NO_COMPARISON)
    desk = session.neighbours
    if not desk.state.known:
        raise UserError("Nothing of the comparison is proven here. Run `ohmstead neighbours` near the meter.")
    wrong = await desk.recheck()
    named = {(a.cohort, a.epoch, a.day) for a in wrong}
    state = desk.state
    rounds = tuple(r for r in state.rounds if (r.cohort, r.epoch, r.day) not in named)
    return replace(
        state, rounds=rounds, alarms=(*state.alarms, *wrong), complete=state.complete and not wrong
    )


async def _on(
    session: HomeSession, deed: Callable[[NeighbourDesk], Awaitable[None]] | None
) -> NeighbourState:
    connection, desk = session.connection, session.neighbours
    async with connection.linked() as link:
        await connection.sync_once(link)
        trust = session.home.trust if session.home is not None else None
        params = None if trust is None else AppState.from_cbor(trust.genesis.app_state).neighbours
        if trust is None or params is None:
            raise UserError(NO_COMPARISON)
        with desk.at(link, owner=link.pairing.role is Role.OWNER):
            for _ in range(MAX_LOOKS):
                before = desk.unchecked
                await desk.look(link, trust, params)
                if desk.unchecked in (0, before):
                    break
            if deed is not None:
                await deed(desk)
                await desk.look(link, await session.head(link), params)
    return desk.state


def round_of(text: str) -> tuple[int, int | None]:
    """(epoch, local day) of a date as 2026-04-02; of a month as 2026-04 the day is None. Raises UserError."""
    month = len(text) == len("2026-04")
    try:
        day = (date.fromisoformat(f"{text}-01" if month else text) - _DAY_0).days
    except ValueError as error:
        raise UserError(f"{text} is no date; say it as 2026-04-02, or a month as 2026-04.") from error
    if not 0 <= day < DAY_LIMIT or epoch_of(day) >= EPOCH_LIMIT:
        raise UserError(f"{text} is no day of a ledger.")
    return epoch_of(day), None if month else day


# ---- what is said -----------------------------------------------------------------------------


def as_json(state: NeighbourState) -> dict[str, object]:
    """The state as JSON: integers and words only, days as dates."""
    m = state.membership
    latest = latest_of(state)
    return {
        "cohort": state.shown,
        "membership": {
            "asked": m.asked, "cohort": m.cohort, "paused": m.paused, "standing": m.standing,
            "first": _month(m.first), "end": _month(m.end),
        },
        "guardians": [
            {"name": g.name, "this_month": g.this_month, "next_month": g.next_month} for g in state.guardians
        ],
        "complete": state.complete,
        "single_operator": state.single_operator,
        "latest": None if latest is None else _result(latest, own_of(state, latest)),
        "rounds": [_round(r, own_of(state, r)) for r in state.rounds],
        "alarms": [
            {"finding": a.finding.value, "cohort": a.cohort, "round": _name(a.epoch, a.day), "words": a.words}
            for a in state.alarms
        ],
    }  # fmt: skip


def latest_of(state: NeighbourState) -> RoundState | None:
    """The newest day with a result."""
    return next((r for r in state.rounds if r.result is not None), None)


def own_of(state: NeighbourState, of: RoundState) -> OwnRound | None:
    """The own part in a round."""
    name = (of.cohort, of.epoch, of.day)
    return next((o for o in state.own if (o.cohort, o.epoch, o.day) == name), None)


def _round(r: RoundState, own: OwnRound | None) -> dict[str, object]:
    return {
        "round": _name(r.epoch, r.day), "standing": r.standing.value, "n": r.n, "roster": r.roster,
        "void": None if r.void is None else r.void.reason.value, "shared": list(r.shared),
        "audited": r.audited, "own": None if own is None else own.stage.value,
        "included": None if own is None else own.included,
        "shape": None if r.shape is None else list(r.shape),
    }  # fmt: skip


def _result(r: RoundState, own: OwnRound | None) -> dict[str, object]:
    assert r.result is not None
    return _round(r, own) | {
        "mean_wh": r.result.mean_wh(),
        "percentiles_wh": {str(p): r.result.percentile_wh(p) for p in PERCENTILES},
        "own_wh": None if own is None else own.wh,
    }


def told(state: NeighbourState) -> list[str]:
    """The state in lines."""
    m = state.membership
    lines = [f"cohort      {state.shown or 'none'}"]
    wish = "never decided" if not m.asked else f"wished: {m.cohort or 'none'}{', paused' if m.paused else ''}"
    since = "" if m.first is None else f" from {_month(m.first)}"
    until = "" if m.end is None else f" until {_month(m.end)}"
    lines.append(f"membership  {wish}; on the ledger: {m.standing or 'none'}{since}{until}")
    for g in state.guardians:
        this, following = ("yes" if posted else "no" for posted in (g.this_month, g.next_month))
        lines.append(f"guardian    {g.name}: key of this month {this}, of the next {following}")
    if state.single_operator:
        lines.append("privacy     simulated: one operator holds every guardian's key")
    latest = latest_of(state)
    lines += ["result      none yet"] if latest is None else _latest(latest, own_of(state, latest))
    lines += [_shape(r, r.shape) for r in state.rounds if r.shape is not None][:1]
    lines += [_under_way(r) for r in state.rounds if r.standing in (Standing.COLLECTING, Standing.WAITING)]
    voids = [r for r in state.rounds if r.void is not None]
    for r in voids[:MAX_VOIDS]:
        assert r.void is not None
        by = "" if r.void.guardian is None else f" (guardian {r.void.guardian})"
        lines.append(
            f"void        {_name(r.epoch, r.day)}: {r.void.reason.value}{by}, {r.n} of {r.roster} homes"
        )
    if not state.complete:
        lines.append("incomplete  not every round could be fetched and checked; try again")
    lines += [f"WRONG       {a.cohort}, {_name(a.epoch, a.day)}: {a.words}" for a in state.alarms]
    return lines


def _latest(r: RoundState, own: OwnRound | None) -> list[str]:
    assert r.result is not None
    at = ", ".join(f"{p} %: {r.result.percentile_wh(p)} Wh" for p in PERCENTILES)
    audited = ", audited" if r.audited else ""
    lines = [f"result      {_name(r.epoch, r.day)}: {r.n} of {r.roster} homes{audited}"]
    lines.append(f"            mean {r.result.mean_wh()} Wh; {at}")
    if own is not None and own.wh is not None:
        lines.append(f"            this home {own.wh} Wh")
    return lines


def _shape(r: RoundState, shape: tuple[int, ...]) -> str:
    workday, weekend = shape[:_HOURS], shape[_HOURS:]
    most = " and ".join(
        f"{hours.index(max(hours)):02}:00 on {kind}"
        for kind, hours in (("workdays", workday), ("weekends", weekend))
        if any(hours)
    )
    audited = ", audited" if r.audited else ""
    return f"load shape  {_month(r.epoch)}: {r.n} of {r.roster} homes{audited}; most at {most}"


def _under_way(r: RoundState) -> str:
    if r.standing is Standing.COLLECTING:
        return f"collecting  {_name(r.epoch, r.day)}: {r.n} statements"
    shared = ", ".join(map(str, r.shared)) or "none"
    return f"waiting     {_name(r.epoch, r.day)}: {r.n} of {r.roster} homes; shares of guardians: {shared}"


def _name(epoch: int, day: int | None) -> str:
    return f"{_month(epoch)} (load shape)" if day is None else str(_DAY_0 + timedelta(days=day))


def _month(epoch: int | None) -> str | None:
    if epoch is None:
        return None
    return f"{_DAY_0 + timedelta(days=days_of(epoch)[0]):%Y-%m}"
