"""What a home trusts, and how a meter's answer moves it on. Pure of threads; runs on ``work``.

From the label's genesis hash to header 1, from there by steps to the newest head, and under that head to the
meter's record. Everything that is kept was verified; everything that fails raises a named error and leaves
the trust as it was. Here: ``HomeTrust``. Not here: asking the meter (``sync``), rules (``ledger``).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from ohmstead.contract.machine import Machine
from ohmstead.core.codec import CodecError
from ohmstead.core.slots import ZoneTable
from ohmstead.core.statements import Register
from ohmstead.ledger.genesis import GenesisDocument, GenesisError
from ohmstead.ledger.lightclient import (
    USER_RULES,
    Divergence,
    Head,
    LightBlock,
    Trusted,
    bisection,
    check_continues,
    judging_time,
    verify_first_header,
    verify_step,
)
from ohmstead.ledger.slice import (
    ZONE,
    HeadBundle,
    ProvenRecord,
    SliceError,
    check_certificate,
    check_governance,
    proven_record,
)


@dataclass(frozen=True, slots=True)
class HomeTrust:
    """A home's verified view of its ledger. ``bundle`` is the newest with its values; None before the first.

    ``bad_votes`` counts signatures of the newest head that were counted as absent: a warning, no failure.
    """

    genesis: GenesisDocument
    meter: bytes
    certificate: bytes
    first: LightBlock
    trusted: Trusted
    bundle: HeadBundle | None = None
    proven: ProvenRecord | None = None
    register: Register | None = None
    zone: ZoneTable | None = None
    bad_votes: int = 0

    @property
    def head(self) -> Head:
        """The newest verified head; header 1 before the first bundle."""
        return Head.of(self.bundle.light_block if self.bundle else self.first)

    @property
    def app_hash(self) -> bytes:
        """The AppHash under which the record is proven; empty before the first bundle."""
        return self.bundle.light_block.header.app_hash if self.bundle else b""


def begin(genesis: GenesisDocument, meter: bytes, certificate: bytes, first: LightBlock) -> HomeTrust:
    """Trust from the label's genesis: header 1 against InitChain. Raises as ``verify_first_header``.

    A home whose code was typed has the meter's own word for its genesis hash: the document may be anybody's,
    and an app state that the contract cannot start from is a GenesisError.
    """
    try:
        app_hash = Machine(genesis).init_chain(genesis)
    except CodecError as error:
        raise GenesisError("genesis", f"its app state: {error}") from error
    trusted = verify_first_header(genesis, first, app_hash)
    return HomeTrust(genesis, meter, certificate, first, trusted)


def advance(trust: HomeTrust, received: HeadBundle, wall_ns: int) -> Generator[int, LightBlock, HomeTrust]:
    """Moves trust to a received bundle. Yields the heights of light blocks it needs in between.

    Raises a VerificationError named for what failed: a header that does not follow, a value that is not
    proven, a log that does not continue the one known, a certificate that does not chain, validators that
    the members did not agree to; Divergence where two signed headers of one height exist.
    """
    block = received.light_block
    now_ns = judging_time(wall_ns, trust.trusted.time_ns)
    bad_votes = trust.bad_votes
    if block.height == trust.trusted.height and block.header.hash() != trust.head.hash:
        _meet(trust, block, now_ns)
    check_continues(trust.head, block)
    trusted = trust.trusted
    if block.height > trusted.height:
        walk = yield from bisection(trusted, block, now_ns)
        bad_votes = len(walk.bad_votes)
        trusted = Trusted.of(block)
    bundle = _with_values(trust, received)
    check_governance(bundle, trust.genesis)
    known = (trust.proven.size, trust.proven.root) if trust.proven else None
    proven = proven_record(bundle, trust.meter, known)
    register = check_certificate(bundle, proven, trust.certificate, trust.genesis)
    zone = _zone(bundle, proven)
    bundle.check_all()
    return replace(
        trust,
        trusted=trusted,
        bundle=bundle,
        proven=proven,
        register=register,
        zone=zone,
        bad_votes=bad_votes,
    )


def _meet(trust: HomeTrust, theirs: LightBlock, now_ns: int) -> None:
    """Another header at the height of ours: raises Divergence if it is validly signed from header 1 too."""
    ours = trust.bundle.light_block if trust.bundle else trust.first
    if ours.height > trust.first.height:
        verify_step(Trusted.of(trust.first), theirs, now_ns, USER_RULES)
        raise Divergence(ours, theirs)


def _with_values(trust: HomeTrust, received: HeadBundle) -> HeadBundle:
    """The bundle with values: its own, or ours where the AppHash under which they are proven is unchanged."""
    if received.values:
        return received
    if trust.bundle is None or received.light_block.header.app_hash != trust.app_hash:
        raise SliceError("head bundle", "holds no proofs, and the state has changed")
    return HeadBundle(received.light_block, trust.bundle.values, received.consistency)


def _zone(bundle: HeadBundle, proven: ProvenRecord) -> ZoneTable:
    name = proven.record.zone
    if name is None:
        raise SliceError("meter record", "names no zone: the meter is not commissioned")
    try:
        return ZoneTable.from_cbor(name, bundle.value(ZONE, name.encode()))
    except CodecError as error:
        raise SliceError(f"zone {name}", str(error)) from error


def take_up(
    genesis: GenesisDocument,
    meter: bytes,
    certificate: bytes,
    first: LightBlock,
    bundle: HeadBundle,
    wall_ns: int,
) -> HomeTrust:
    """The trust of a mirror, verified again from genesis to its newest bundle, without any network.

    One skip leads to the head while the validators are those of genesis. Raises as ``begin`` and ``advance``.
    """
    trust = begin(genesis, meter, certificate, first)
    walk = advance(trust, HeadBundle(bundle.light_block, bundle.values), wall_ns)
    try:
        height = next(walk)
    except StopIteration as done:
        result: HomeTrust = done.value
        return result
    raise SliceError("head", f"needs light block {height}, which the mirror does not keep")
