"""``ohmstead market clear BOOK.json``: a book of orders cleared by the ledger's own rule, without a ledger.

The book is JSON, integers only: energy in Wh, prices in millionths of the currency per kWh, money in
billionths. Exit code 2 for a book that is none, naming the order and the field.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ohmstead.cli import market_actions
from ohmstead.errors import UserError
from ohmstead.market.bookfile import (
    MAX_TEXT,
    BookAnswer,
    BookFile,
    BookRefused,
    clear_book,
    read_book,
)
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.orders import Side
from ohmstead.market.study import STUDY_RULE


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    text = "clear a book: price, interval, fills, welfare and the hash of the result"
    sub = actions.add_parser("clear", help=text, description=text[0].upper() + text[1:] + ".")
    sub.add_argument("book", help="a book file (JSON), or - for standard input")
    sub.add_argument("--json", action="store_true", help="answer as JSON")
    sub.add_argument(
        "--rule", choices=(SLOT_RULE, STUDY_RULE), default=SLOT_RULE, help="default: %(default)s"
    )
    sub.add_argument("--study", action="store_true", help="allow a rule that no ledger uses")
    market_actions.add(actions)


def run(args: argparse.Namespace) -> int:
    """Clears the book (2 for wrong usage or a book that is refused), or asks the meter (``market_desk``)."""
    if args.action != "clear":
        from ohmstead.cli import market_desk  # the radio and all that; `clear` needs none of it

        return market_desk.run(args)
    if args.rule != SLOT_RULE and not args.study:
        sys.stderr.write(f"ohmstead: {args.rule} is no ledger's rule; add --study to try it.\n")
        return 2
    try:
        book = read_book(_text(args.book))
    except BookRefused as error:
        sys.stderr.write(f"ohmstead: {args.book}: {error}.\n")
        return 2
    answer = clear_book(book, args.rule)
    sys.stdout.write((json.dumps(answer.to_json()) if args.json else _table(book, answer)) + "\n")
    return 0


def _text(name: str) -> str:
    """The book's text. Raises UserError if it cannot be read, BookRefused if it is no text."""
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(MAX_TEXT + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(MAX_TEXT + 1)
    except OSError as error:
        raise UserError(f"{name} cannot be read: {error.strerror}.") from error
    if len(raw) > MAX_TEXT:
        raise BookRefused("book", f"is larger than the {MAX_TEXT} bytes that are read")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BookRefused("book", "is not UTF-8 text") from error


def _price(micro_per_kwh: int) -> str:
    return f"{micro_per_kwh // 1_000_000}.{micro_per_kwh % 1_000_000:06d}"


def _money(nano: int) -> str:
    return f"{'-' if nano < 0 else ''}{abs(nano) // 10**9}.{abs(nano) % 10**9:09d}"


def _facts(book: BookFile, answer: BookAnswer) -> list[tuple[str, str]]:
    c, terms = answer.clearing, book.terms
    bids = sum(entry.order.side is Side.BUY for entry in book.orders)
    facts = [
        ("rule", answer.rule if answer.rule == STUDY_RULE else f"{answer.rule}, {terms.pricing}"),
        ("book", f"{bids} to buy, {len(book.orders) - bids} to sell"),
        ("traded", f"{c.quantity_wh} Wh"),
    ]
    if c.price is None:
        facts.append(("price", "none: nothing trades"))
    else:
        fee = f"; buyers pay {_price(c.price + terms.fee)} with the fee" if terms.fee else ""
        facts.append(("price", f"{_price(c.price)} per kWh{fee}"))
    if c.interval is not None:
        low, high = c.interval
        inside = c.price is None or low <= c.price <= high
        facts.append(
            ("interval", f"{_price(low)} to {_price(high)}{'' if inside else ': the price is outside'}")
        )
    facts.append(("welfare", _money(c.welfare_nano)))
    facts.append(("result", answer.result_hash.hex()))
    return facts


def _table(book: BookFile, answer: BookAnswer) -> str:
    orders = {entry.id.decode(): entry.order for entry in book.orders}
    rows = [("order", "side", "offered Wh", "filled Wh", "served", "pays", "is paid")]
    for name, fill in answer.fills.items():
        order, paid = orders[name], answer.paid_nano[name]
        total = order.total_wh
        served = "empty" if not total else "in full" if fill == total else "in part" if fill else "not"
        pays, gets = (_money(paid), "") if order.side is Side.BUY else ("", _money(-paid))
        rows.append((_plain(name), order.side.name.lower(), str(total), str(fill), served, pays, gets))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [f"{what:<9} {value}" for what, value in _facts(book, answer)]
    lines.append("")
    for row in rows:
        cells = [
            cell.ljust(width) if i in (0, 1, 4) else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _plain(name: str) -> str:
    """An order's name without anything that could steer a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
