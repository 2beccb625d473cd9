"""``ohmstead status``: what is mirrored, and the four facts."""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime

from ohmstead.cli.profile import add_profile, home_of, homes_of
from ohmstead.core.slots import hour_end_s
from ohmstead.errors import ExternalError
from ohmstead.ledger.lightclient import HeadAge, head_age, judging_time
from ohmstead.ledger.slice import Facts, facts_of
from ohmstead.services import mirroring
from ohmstead.store.mirror import Mirror


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    add_profile(parser)


def run(args: argparse.Namespace) -> int:
    """Says where the home stands; exit code 1 while a finding is kept."""
    homes = homes_of(args)
    pairing = home_of(homes)
    path = homes.mirror_path(pairing.meter_id)
    if not path.exists():
        raise ExternalError("Nothing is mirrored yet. Run `ohmstead sync`.")
    with closing(Mirror.open(path)) as mirror:
        trust = mirroring.read_trust(mirror, time.time_ns())
        findings = mirror.findings()
        status = mirror.status()
        late = mirroring.late(mirror, trust) if trust is not None else None
    facts = None
    if trust is not None and trust.proven is not None:
        held = sum(m.pages_held for m in status.meters)
        facts = facts_of(trust.proven, held, trust.register is not None, trust.genesis.chain_id, late)
    sys.stdout.write(describe(facts, as_json=args.json) + "\n")
    for finding in findings:
        sys.stderr.write(f"finding: {finding.kind}: {finding.subject}: {finding.detail}\n")
    return 1 if findings else 0


def describe(facts: Facts | None, *, as_json: bool) -> str:
    """The facts in lines, or as JSON: four of their own, and the single operator's."""
    if facts is None:
        return "{}" if as_json else "Nothing is verified yet."
    if as_json:
        return json.dumps(asdict(facts))
    now_ns = judging_time(time.time_ns(), facts.head_time_s * 10**9)
    age = head_age(facts.head_time_s * 10**9, now_ns)
    seen = datetime.fromtimestamp(facts.head_time_s, UTC).strftime("%Y-%m-%d %H:%M UTC")
    recency = {
        HeadAge.CURRENT: f"current, as of {seen}",
        HeadAge.AS_OF: f"as of {seen}",
        HeadAge.STALE: f"stale, as of {seen}",
    }[age]
    complete = f"{facts.pages_held} of {facts.pages_proven} pages are here"
    if facts.complete_to_hour is not None:
        end = datetime.fromtimestamp(hour_end_s(facts.complete_to_hour), UTC).strftime("%Y-%m-%d %H:%M UTC")
        complete = f"complete as recorded up to {end}"
    trust = "certificate in force" if facts.key_trust else "certificate not in force"
    lines = [
        f"signature     {'signed by the certified meter' if facts.signature else 'nothing signed yet'}",
        f"key trust     {'revoked or suspended' if facts.revoked else trust}",
        f"completeness  {complete}",
        f"recency       {recency}, not cross-checked{_late(facts.late_pages)}",
    ]
    if facts.single_operator:
        lines.append("operator      single operator: all validator keys are one operator's")
    if facts.replayed:
        lines.append("replayed      a recorded past, replayed; its certificate says so")
    return "\n".join(lines)


def _late(pages: int | None) -> str:
    if not pages:
        return ""
    return f", {pages} page{'s' if pages > 1 else ''} recorded over 2 h late"
