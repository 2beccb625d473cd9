"""Light blocks and bundles that are not what they say, signed by whichever keys a test hands over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ohmstead.core.codec import Value
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.slice import HeadBundle, ProvenValue
from ohmstead.ledger.validators import ValidatorSet
from ohmstead.link.messages import Method
from tests.helpers.home import Lie
from tests.ledger.chains import sign


def forged(
    block: LightBlock, validators: ValidatorSet, signers: Sequence[bytes] | None = None, **changes: object
) -> LightBlock:
    """A header changed and signed again, by all of ``validators`` or by some."""
    stated = {"validators_hash": validators.hash, "next_validators_hash": validators.hash}
    header = replace(block.header, **(stated | changes))
    return LightBlock(header, sign(header, validators, signers), validators)


def with_value(bundle: HeadBundle, module: str, **changes: object) -> HeadBundle:
    """A bundle with one of its proven values changed."""
    values = [replace(v, **changes) if v.module == module else v for v in bundle.values]
    return replace(bundle, values=tuple(values))


def without(bundle: HeadBundle, module: str) -> HeadBundle:
    return replace(bundle, values=tuple(v for v in bundle.values if v.module != module))


def value_of(bundle: HeadBundle, module: str) -> ProvenValue:
    return next(v for v in bundle.values if v.module == module)


def when(wanted: Method, change: Callable[[list[Value]], list[Value]]) -> Lie:
    """Lies about one method only."""

    def lie(method: int, params: Value, answers: list[Value]) -> list[Value]:
        return change(answers) if method == wanted else answers

    return lie


def lying_head(change: Callable[[HeadBundle], HeadBundle]) -> Lie:
    """Answers HEAD with another bundle."""

    def lie(answers: list[Value]) -> list[Value]:
        (raw,) = answers
        assert isinstance(raw, bytes)
        return [change(HeadBundle.from_cbor(raw)).to_cbor()]

    return when(Method.HEAD, lie)
