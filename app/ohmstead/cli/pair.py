"""``ohmstead pair``: by the label's code or its QR text."""

from __future__ import annotations

import argparse
import asyncio
import sys

from ohmstead.cli.profile import add_profile, add_radio, central_of, homes_of
from ohmstead.errors import UserError
from ohmstead.link.label import LabelError
from ohmstead.services.pairing import PairingService, PairStep, Wanted


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    add_profile(parser)
    add_radio(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--qr", help="the QR text of the label")
    what.add_argument("--code", help="the code of the label; needs --mark")
    parser.add_argument("--mark", help="the label's mark, three hex digits, with --code")


def run(args: argparse.Namespace) -> int:
    """Pairs; says each step."""
    try:
        if args.qr:
            wanted = Wanted.of_qr(args.qr)
        else:
            if not args.mark:
                raise UserError("With --code give the mark on the label too: --mark 3C9.")
            wanted = Wanted.of_code(args.code, int(args.mark, 16))
    except LabelError as error:
        raise UserError(f"The label's text is not right: {error}.") from error
    except ValueError as error:
        raise UserError(f"{args.mark!r} is no mark: three hex digits are printed on the label.") from error

    def say(step: PairStep) -> None:
        sys.stderr.write(f"{step.value}\n")

    async def confirm(words: tuple[str, ...]) -> bool:
        sys.stderr.write("The label must show these six words: " + " ".join(words) + "\nDoes it? [y/N] ")
        sys.stderr.flush()
        answer = await asyncio.to_thread(sys.stdin.readline)
        return answer.strip().lower() in ("y", "yes")

    async def work() -> str:
        async with central_of(args) as central:
            service = PairingService(central, homes_of(args))
            pairing = await service.pair(wanted, confirm_words=confirm, on_step=say)
            return pairing.meter_id.hex()

    sys.stdout.write(f"paired with meter {asyncio.run(work())}\n")
    return 0
