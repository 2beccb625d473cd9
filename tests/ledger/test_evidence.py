"""Evidence files: the real one is accepted, and whatever is altered is named by its part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

pytest.importorskip("noise", reason="the rig runs a meter, which the pure parts' environment lacks")

from ohmstead.contract.machine import Machine
from ohmstead.core.codec import CodecError, as_list, decode, encode
from ohmstead.core.statements import parse, sign
from ohmstead.errors import UserError
from ohmstead.ledger import pages
from ohmstead.ledger.evidence import (
    MAX_BYTES,
    MAX_PAGES,
    Evidence,
    EvidenceError,
    EvidenceReport,
    PageEvidence,
    verify_evidence,
)
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.merkle import HashTree, leaf_hash
from ohmstead.ledger.slice import HeadBundle
from ohmstead.services.evidence_files import make_evidence
from tests.helpers.forge import forged, value_of, with_value, without
from tests.helpers.homes import Street, street
from tests.helpers.ledger import FIRST_HOUR, Ledger, seed_key
from tests.ledger.chains import FOUR, SECOND, key, members

FIRST, LAST = FIRST_HOUR + 22, FIRST_HOUR + 25  # over a UTC midnight: two day keys


@dataclass
class Case:
    """A file and what it must be checked against."""

    here: Street
    evidence: Evidence
    neighbours: Evidence

    @property
    def genesis_hash(self) -> bytes:
        return self.here.ledger.genesis.genesis_hash

    @property
    def bundle(self) -> HeadBundle:
        return HeadBundle.from_cbor(self.evidence.bundle)

    @property
    def first(self) -> LightBlock:
        return LightBlock.from_cbor(self.evidence.first)

    def verify(self, data: bytes | Evidence) -> EvidenceReport:
        raw = data.to_cbor() if isinstance(data, Evidence) else data
        now = self.here.ledger.wall_ns()
        return verify_evidence(raw, self.genesis_hash, now, lambda g: Machine(g).init_chain(g))

    def refused(self, part: str, **changes: object) -> EvidenceError:
        """The file with these parts changed must be refused, naming ``part``."""
        with pytest.raises(EvidenceError) as caught:
            self.verify(replace(self.evidence, **changes))
        assert caught.value.subject == part, caught.value
        return caught.value

    def page(self, **changes: object) -> tuple[PageEvidence, ...]:
        """The file's pages, the second of them changed."""
        second = replace(self.evidence.pages[1], **changes)
        return (self.evidence.pages[0], second, *self.evidence.pages[2:])


def evidence_of(here: Street, first: int, last: int, *, sealed: bool = False) -> Evidence:
    trust = here.home.home.trust
    assert trust is not None
    return make_evidence(here.home.mirror, trust, first, last, None if sealed else here.home.root)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Forty hours in five batches; and the file of other hours of the same meter."""
    with ExitStack() as stack:
        here = stack.enter_context(street(tmp_path_factory.mktemp("evidence"), 8, 8, 8, 8, 8))
        here.synced()
        yield Case(here, evidence_of(here, FIRST, LAST), evidence_of(here, FIRST_HOUR + 2, FIRST_HOUR + 5))


def flipped(data: bytes, at: int = -1) -> bytes:
    wrong = bytearray(data)
    wrong[at] ^= 1
    return bytes(wrong)


def test_the_real_file_proves_its_hours(case: Case) -> None:
    report = case.verify(case.evidence)
    assert (report.chain_id, report.single_operator, report.replayed) == ("rig-embedded", True, True)
    assert (report.meter, report.log_size) == (case.here.meter.id, 40)
    assert report.head_height == case.here.ledger.head.height
    assert [(h.number, h.hour) for h in report.hours] == [(n, FIRST_HOUR + n) for n in range(22, 26)]
    anchors = case.here.meter.anchors
    assert [h.recorded_height for h in report.hours] == [anchors[n // 8].height for n in range(22, 26)]
    assert [h.recorded_time_s for h in report.hours] == [anchors[n // 8].time_s for n in range(22, 26)]
    for hour in report.hours:
        raw = case.here.meter.keeper.pages(hour.number, 1)[0]
        assert hour.channels == pages.open_page(case.here.meter.ring, raw)
    assert Evidence.from_cbor(case.evidence.to_cbor()) == case.evidence


def test_a_sealed_file_proves_and_shows_nothing(case: Case) -> None:
    sealed = evidence_of(case.here, FIRST, LAST, sealed=True)
    assert sealed.day_keys == ()
    report = case.verify(sealed)
    assert [h.channels for h in report.hours] == [None] * 4
    # The keys of one of two days open that day alone.
    half = replace(case.evidence, day_keys=case.evidence.day_keys[:1])
    assert [h.channels is None for h in case.verify(half).hours] == [False, False, True, True]


def test_the_keys_in_a_file_open_no_other_day(case: Case) -> None:
    days = {day for day, _ in case.evidence.day_keys}
    assert days == {FIRST // 24, LAST // 24}
    for _, day_key in case.evidence.day_keys:
        other = case.here.meter.keeper.pages(0, 1)[0]
        if FIRST_HOUR // 24 not in days:
            with pytest.raises(pages.PageSealed):
                pages.open_with_day_key(day_key, other, pages.parse_header(other))


def test_against_another_genesis_hash(case: Case) -> None:
    raw = case.evidence.to_cbor()
    for wrong in (bytes(32), flipped(case.genesis_hash), sha256(b"").digest()):
        with pytest.raises(EvidenceError) as caught:
            verify_evidence(raw, wrong, case.here.ledger.wall_ns(), lambda g: Machine(g).init_chain(g))
        assert caught.value.subject == "genesis"


def test_genesis(case: Case, tmp_path: Path) -> None:
    case.refused("genesis", genesis=flipped(case.evidence.genesis))
    case.refused("genesis", genesis=b"")
    other = Ledger(tmp_path, "other")
    case.refused("genesis", genesis=other.genesis.to_cbor())
    assert GenesisDocument.from_cbor(case.evidence.genesis).genesis_hash == case.genesis_hash
    other.close()


def test_header_1(case: Case) -> None:
    first = case.first
    case.refused("header 1", first=b"")
    case.refused("header 1", first=case.here.ledger.block(2).to_cbor())
    case.refused("header 1", first=forged(first, FOUR, app_hash=bytes(32)).to_cbor())
    case.refused("header 1", first=forged(first, members((30, 40))).to_cbor())
    case.refused("header 1", first=forged(first, FOUR, [key(0).public, key(1).public]).to_cbor())


def test_head(case: Case) -> None:
    def head(block: LightBlock) -> bytes:
        return replace(case.bundle, light_block=block).to_cbor()

    true = case.bundle.light_block
    case.refused("head", bundle=b"")
    case.refused("head", bundle=head(forged(true, FOUR, [key(0).public, key(1).public])))
    case.refused("head", bundle=head(forged(true, members((0, 10), (1, 10), (30, 1000)))))
    case.refused("head", bundle=head(forged(true, FOUR, chain_id="other-embedded")))
    case.refused("head", bundle=head(forged(true, FOUR, time_ns=case.here.ledger.wall_ns() + 20 * SECOND)))
    case.refused("head", bundle=head(replace(true, commit=case.first.commit)))
    case.refused("head", bundle=head(forged(case.first, FOUR, data_hash=bytes(32))))


def test_governance(case: Case) -> None:
    bundle = case.bundle
    changed = with_value(bundle, "governance", value=encode([1, bytes(32)]))
    case.refused("governance", bundle=changed.to_cbor())
    case.refused("governance", bundle=without(bundle, "governance").to_cbor())
    others = forged(bundle.light_block, members((0, 10), (1, 10), (2, 10), (30, 10)))
    case.refused("governance", bundle=replace(bundle, light_block=others).to_cbor())


def test_record(case: Case) -> None:
    bundle = case.bundle
    record = value_of(bundle, "meter")
    case.refused("record", bundle=with_value(bundle, "meter", value=flipped(record.value)).to_cbor())
    case.refused("record", bundle=with_value(bundle, "meter", proof=value_of(bundle, "home").proof).to_cbor())
    case.refused("record", bundle=without(bundle, "meter").to_cbor())
    case.refused("record", meter=flipped(case.evidence.meter))


def test_certificate(case: Case) -> None:
    bundle, certificate = case.bundle, case.evidence.certificate
    case.refused("certificate", certificate=flipped(certificate))
    case.refused("certificate", certificate=b"")
    stranger = sign(seed_key("nobody"), case.genesis_hash, parse(certificate).statement)
    case.refused("certificate", certificate=stranger)
    case.refused("certificate", bundle=without(bundle, "certifier").to_cbor())
    wrong = with_value(bundle, "certifier", value=encode(["certifier", seed_key("nobody").public]))
    case.refused("certificate", bundle=wrong.to_cbor())


def test_page(case: Case) -> None:
    item, other = case.evidence.pages[1], case.evidence.pages[0]
    case.refused("page 23", pages=case.page(page=flipped(item.page)))
    case.refused("page 23", pages=case.page(page=flipped(item.page, 50)))
    case.refused("page 23", pages=case.page(page=other.page))
    case.refused("page 23", pages=case.page(page=b""))
    case.refused("page 24", pages=case.page(number=24))
    header = pages.parse_header(item.page)
    hours = pages.open_page(case.here.meter.ring, item.page)
    again = pages.seal(case.here.meter.ring, 23, header.hour, hours, bytes(24))
    case.refused("page 23", pages=case.page(page=again))


def test_log_proof(case: Case) -> None:
    item = case.evidence.pages[1]
    for proof in (item.in_log[:-1], (*item.in_log, bytes(32)), item.in_log[::-1], (), (bytes(32),)):
        case.refused("page 23", pages=case.page(in_log=proof))


def test_anchor(case: Case) -> None:
    item = case.evidence.pages[1]
    part = "anchor of page 23"
    for anchor in (
        replace(item.anchor, time_s=item.anchor.time_s - 3600),
        replace(item.anchor, height=item.anchor.height - 1),
        replace(item.anchor, size=40),
        replace(item.anchor, root=bytes(32)),
    ):
        case.refused(part, pages=case.page(anchor=anchor))
    case.refused(part, pages=case.page(anchor_index=item.anchor_index + 1))
    case.refused(part, pages=case.page(anchor_index=99))
    # A true anchor, but of a later batch: the page was recorded before that.
    later = case.evidence.pages[3]
    assert later.anchor != item.anchor
    swapped = {k: getattr(later, k) for k in ("anchor", "anchor_index", "anchor_in_log")}
    case.refused(part, pages=case.page(**swapped))


def test_anchor_proof(case: Case) -> None:
    item = case.evidence.pages[1]
    for proof in (item.anchor_in_log[:-1], (*item.anchor_in_log, bytes(32)), (), item.anchor_in_log[::-1]):
        if proof != item.anchor_in_log:
            case.refused("anchor of page 23", pages=case.page(anchor_in_log=proof))


def test_batch_proof(case: Case) -> None:
    item = case.evidence.pages[1]
    for proof in (item.in_batch[:-1], (*item.in_batch, bytes(32)), ()):
        case.refused("anchor of page 23", pages=case.page(in_batch=proof))


def test_only_the_batch_that_recorded_a_page_dates_it(case: Case) -> None:
    """The page is in every later log too; the anchor before says which of them was the first."""
    meter, item = case.here.meter, case.evidence.pages[1]
    anchors = HashTree(leaf_hash(a.to_cbor()) for a in meter.anchors)
    for index, anchor in enumerate(meter.anchors):
        changes = {
            "anchor_index": index, "anchor": anchor, "anchor_in_log": anchors.inclusion_proof(index),
            "in_batch": meter.keeper.tree.inclusion_proof(item.number, max(anchor.size, item.number + 1)),
            "before": meter.anchors[index - 1] if index else None,
            "before_in_log": anchors.inclusion_proof(index - 1) if index else (),
        }  # fmt: skip
        if anchor == item.anchor:
            report = case.verify(replace(case.evidence, pages=case.page(**changes)))
            assert report.hours[1].recorded_time_s == item.anchor.time_s
        else:
            case.refused("anchor of page 23", pages=case.page(**changes))
    case.refused("anchor of page 23", pages=case.page(before=None, before_in_log=()))
    assert item.before is not None
    earlier = replace(item.before, size=item.before.size - 1)
    case.refused("anchor of page 23", pages=case.page(before=earlier))


def test_a_page_of_the_first_batch_has_no_batch_before(case: Case) -> None:
    first = evidence_of(case.here, FIRST_HOUR + 2, FIRST_HOUR + 2)
    assert first.pages[0].before is None
    assert case.verify(first).hours[0].recorded_time_s == case.here.meter.anchors[0].time_s
    invented = replace(first.pages[0], before=case.here.meter.anchors[0])
    with pytest.raises(EvidenceError, match="before the first"):
        case.verify(replace(first, pages=(invented,)))


def test_values_beside_those_that_are_needed(case: Case) -> None:
    bundle = case.bundle
    for module in ("home", "zone"):
        value = value_of(bundle, module).value
        case.refused("state", bundle=with_value(bundle, module, value=flipped(value)).to_cbor())
    doubled = replace(bundle, values=(*bundle.values, bundle.values[0]))
    case.refused("state", bundle=doubled.to_cbor())
    case.refused("head", bundle=replace(bundle, consistency=(bytes(32),)).to_cbor())


def test_day_key(case: Case) -> None:
    (first_day, first_key), (last_day, last_key) = case.evidence.day_keys
    case.refused("day key", day_keys=((first_day, flipped(first_key)), (last_day, last_key)))
    case.refused("day key", day_keys=((first_day, last_key), (last_day, first_key)))
    case.refused("day key", day_keys=((first_day, first_key), (first_day, first_key)))
    case.refused("day key", day_keys=(*case.evidence.day_keys, (last_day + 1, bytes(32))))


def test_file(case: Case) -> None:
    raw = case.evidence.to_cbor()
    for wrong in (
        b"",
        b"\x80",
        raw[:-1],
        raw + b"\x00",
        bytes(MAX_BYTES + 1),
        encode(["ohmstead-evidence", 2]),
    ):
        with pytest.raises(EvidenceError) as caught:
            case.verify(wrong)
        assert caught.value.subject == "file"
    case.refused("file", pages=())
    case.refused("file", pages=case.evidence.pages * (MAX_PAGES // 4 + 1))
    case.refused("file", meter=b"short")
    value = as_list(decode(raw), "file")
    with pytest.raises(EvidenceError, match="version"):
        case.verify(encode([value[0], True, *value[2:]]))
    for place in range(9):
        with pytest.raises(EvidenceError) as caught:
            case.verify(encode([*value[:place], 7, *value[place + 1 :]]))
        assert caught.value.subject == "file"


def test_pages_of_another_file_stand_by_themselves(case: Case) -> None:
    """Parts are not bound to the file but to the ledger: true pages of the meter may be put together."""
    both = (*case.neighbours.pages, *case.evidence.pages)
    keys = tuple(sorted({*case.neighbours.day_keys, *case.evidence.day_keys}))
    report = case.verify(replace(case.evidence, pages=both, day_keys=keys))
    assert [h.number for h in report.hours] == [2, 3, 4, 5, 22, 23, 24, 25]


def test_every_bit_of_a_file_counts(case: Case) -> None:
    """Every second byte, one bit each. What may be left standing is a spoiled vote of the four that signed
    each header: it counts as absent, and the file says exactly what it said before."""
    raw = replace(case.evidence, pages=case.evidence.pages[:1], day_keys=case.evidence.day_keys[:1]).to_cbor()
    expected, standing = case.verify(raw), list[int]()
    for at in range(0, len(raw), 2):
        wrong = bytearray(raw)
        wrong[at] ^= 1 << at % 8
        try:
            report = case.verify(bytes(wrong))
        except EvidenceError:
            continue
        assert report == expected, at
        standing.append(at)
    votes = set[int]()
    for block in (case.first, case.bundle.light_block):
        for vote in block.commit.signatures:
            start = raw.index(vote.signature)
            votes |= set(range(start - 40, start + 64))  # flag, address, time, signature
    assert set(standing) <= votes, sorted(set(standing) - votes)


@pytest.mark.parametrize(
    ("first", "last"), [(-1, 0), (0, 40), (39, 40), (5, 4), (-5, -1), (100, 101)], ids=str
)
def test_hours_that_are_not_there_are_not_made_up(case: Case, first: int, last: int) -> None:
    with pytest.raises(UserError):
        evidence_of(case.here, FIRST_HOUR + first, FIRST_HOUR + last)


def test_no_file_from_a_history_that_is_still_filling(tmp_path: Path) -> None:
    with street(tmp_path, 5) as here:
        here.head_only()
        with pytest.raises(UserError, match="still coming in"):
            evidence_of(here, FIRST_HOUR, FIRST_HOUR)


def test_decoding_never_breaks(case: Case) -> None:
    with pytest.raises(CodecError):
        PageEvidence.from_value([1, 2])
