"""The schema of a home's market file: its version and the SQL of every released step.

Apart from the mirror, because a mirror can be read from the meter again and what this home signed cannot:
``placed`` and ``wish`` are kept before anything leaves this computer. ``note``, ``slot`` and ``lot`` mirror what
the ledger proves. Here: text and numbers only. A released step is never edited.
"""

from __future__ import annotations

APPLICATION_ID = 0x4F484D4D  # "OHMM"
MAJOR, MINOR = 1, 0

# `which` is a slot (8 bytes, big endian) or a lot's id; `opening` what is inside the commitment; `fill` and the
# columns after it are NULL until the ledger says. Stages are OrderStage's values. Of an auction `traded` (Wh) is
# known once its book was here; the book itself is kept where this home took part, or where it came out wrong.
STEP_0001 = """
CREATE TABLE placed (
    key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('order', 'lot', 'bid')),
    which BLOB NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    made_s INTEGER NOT NULL,
    signed BLOB NOT NULL,
    opening BLOB NOT NULL,
    salt BLOB NOT NULL,
    commitment BLOB NOT NULL,
    standing INTEGER NOT NULL DEFAULT 0 CHECK (standing IN (0, 1)),
    stage TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    fill INTEGER,
    price INTEGER,
    money INTEGER,
    delivered INTEGER,
    UNIQUE (kind, which, version)
) STRICT;

CREATE TABLE wish (
    key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    which BLOB NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    made_s INTEGER NOT NULL,
    signed BLOB NOT NULL,
    opening BLOB NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('waiting', 'sent', 'done', 'refused')),
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (kind, which, number)
) STRICT;

CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    "index" INTEGER PRIMARY KEY,
    leaf BLOB NOT NULL
) STRICT;

CREATE TABLE auction (
    rule TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    record BLOB NOT NULL,
    mine INTEGER NOT NULL CHECK (mine IN (0, 1)),
    checked TEXT NOT NULL,
    traded INTEGER,
    book BLOB,
    PRIMARY KEY (rule, "index")
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm (
    key INTEGER PRIMARY KEY,
    which BLOB NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    evidence BLOB NOT NULL,
    first_seen_s INTEGER NOT NULL,
    UNIQUE (which, subject)
) STRICT;
"""
