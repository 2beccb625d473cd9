"""The schema of a home's neighbours file: its version and the SQL of every released step.

Apart from the mirror and the market: ``own`` holds seeds, which only the meter has besides, and a fact holds what
the household says of its home, which nobody has. ``log`` and ``round`` mirror what the ledger proves. Here: text
and numbers only. A released step is never edited.
"""

from __future__ import annotations

APPLICATION_ID = 0x4F484D4E  # "OHMN"
MAJOR, MINOR = 1, 1

# `number` is a local day, or the epoch of a load shape. A round's `checked` is 'not yet', 'equal' or 'wrong';
# `record` is there once the bytes that the log's leaf names have come. `included` is NULL until it can be told.
# An alarm stands once for a round and a kind of finding, until the same check comes out right.
STEP_0001 = """
CREATE TABLE log (
    cohort TEXT PRIMARY KEY,
    size INTEGER NOT NULL CHECK (size >= 0),
    root BLOB NOT NULL,
    time_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE round (
    cohort TEXT NOT NULL,
    "index" INTEGER NOT NULL CHECK ("index" >= 0),
    leaf BLOB NOT NULL,
    record BLOB,
    checked TEXT NOT NULL DEFAULT 'not yet' CHECK (checked IN ('not yet', 'equal', 'wrong')),
    audited INTEGER NOT NULL DEFAULT 0 CHECK (audited IN (0, 1)),
    PRIMARY KEY (cohort, "index")
) STRICT, WITHOUT ROWID;

CREATE TABLE own (
    is_shape INTEGER NOT NULL CHECK (is_shape IN (0, 1)),
    number INTEGER NOT NULL,
    cohort TEXT NOT NULL,
    stage INTEGER NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),
    wh INTEGER,
    seed BLOB,
    message BLOB,
    included INTEGER CHECK (included IN (0, 1)),
    PRIMARY KEY (is_shape, number, cohort)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm (
    key INTEGER PRIMARY KEY,
    finding TEXT NOT NULL,
    cohort TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    day INTEGER NOT NULL,
    words TEXT NOT NULL,
    first_seen_s INTEGER NOT NULL,
    UNIQUE (finding, cohort, epoch, day)
) STRICT;
"""

# An alarm about a leaf that is of no round has the leaf's index, and so a row of its own. Leaves that were found
# so before share one alarm: they are checked again, and each gets its own.
STEP_0002 = """
CREATE TABLE alarm_by_leaf (
    key INTEGER PRIMARY KEY,
    finding TEXT NOT NULL,
    cohort TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    day INTEGER NOT NULL,
    leaf INTEGER NOT NULL,
    words TEXT NOT NULL,
    first_seen_s INTEGER NOT NULL,
    UNIQUE (finding, cohort, epoch, day, leaf)
) STRICT;

INSERT INTO alarm_by_leaf
    SELECT key, finding, cohort, epoch, day, -1, words, first_seen_s FROM alarm
    WHERE NOT (epoch = 0 AND day = -1);

DROP TABLE alarm;

ALTER TABLE alarm_by_leaf RENAME TO alarm;

UPDATE round SET checked = 'not yet', record = NULL WHERE checked = 'wrong' AND record = x'';
"""
