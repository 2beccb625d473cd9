"""The mirror's schema: its version and the SQL of every released step.

Here: text and numbers only. Not here: applying them (``store.migrations``). A released step is never
edited; a change is a new step and a new version.

Raw evidence (``page``, ``head``, ``proof``, ``anchor``, ``finding``, ``divergence``) stands apart from what
was decoded from it (``interval``, ``utility``) and from what can be thrown away at any time (``day_rollup``,
``utility_rollup``).
``meter.key`` is the small number by which other tables name a meter inside this one file.
"""

from __future__ import annotations

APPLICATION_ID = 0x4F484D53  # "OHMS": tells our files from any other SQLite file
MAJOR, MINOR = 1, 1  # newer major: refused; newer minor: only additions, readable


def user_version(major: int = MAJOR, minor: int = MINOR) -> int:
    """``PRAGMA user_version`` of a schema version: major in the high, minor in the low 16 bits."""
    return major << 16 | minor


# A page's number is its place in the meter's log. `opened` = 0 where this home holds no key for it: the
# page counts as complete and is never drawn as 0. Status columns hold IntervalStatus; generation columns
# are NULL where the meter has no generation register.
STEP_0001 = """
CREATE TABLE home (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE zone (
    name TEXT PRIMARY KEY,
    iana BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE zone_day (
    zone TEXT NOT NULL REFERENCES zone (name),
    day INTEGER NOT NULL,
    first_slot INTEGER NOT NULL,
    PRIMARY KEY (zone, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE meter (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    zone TEXT NOT NULL,
    channels BLOB NOT NULL,
    certificate BLOB NOT NULL,
    first_epoch INTEGER NOT NULL,
    proven_size INTEGER NOT NULL DEFAULT 0,
    proven_height INTEGER NOT NULL DEFAULT 0,
    proven_time_s INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE page (
    meter INTEGER NOT NULL REFERENCES meter (key),
    number INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    opened INTEGER NOT NULL CHECK (opened IN (0, 1)),
    raw BLOB NOT NULL,
    PRIMARY KEY (meter, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX page_by_hour ON page (meter, opened, hour);

CREATE TABLE interval (
    meter INTEGER NOT NULL REFERENCES meter (key),
    slot INTEGER NOT NULL,
    import_wh INTEGER NOT NULL,
    export_wh INTEGER NOT NULL,
    generation_wh INTEGER,
    status_import INTEGER NOT NULL,
    status_export INTEGER NOT NULL,
    status_generation INTEGER,
    page INTEGER NOT NULL,
    PRIMARY KEY (meter, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE tile (
    meter INTEGER NOT NULL REFERENCES meter (key),
    tile INTEGER NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    verified_height INTEGER NOT NULL,
    PRIMARY KEY (meter, tile)
) STRICT, WITHOUT ROWID;

CREATE TABLE anchor (
    meter INTEGER NOT NULL REFERENCES meter (key),
    "index" INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL CHECK (length(root) = 32),
    height INTEGER NOT NULL,
    time_s INTEGER NOT NULL,
    PRIMARY KEY (meter, "index")
) STRICT, WITHOUT ROWID;

CREATE TABLE head (
    height INTEGER PRIMARY KEY,
    time_s INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    app_hash BLOB NOT NULL,
    light_block BLOB NOT NULL,
    pinned INTEGER NOT NULL CHECK (pinned IN (0, 1))
) STRICT;

CREATE TABLE proof (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    meter INTEGER REFERENCES meter (key),
    size INTEGER NOT NULL,
    height INTEGER NOT NULL,
    blob BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX proof_by_kind ON proof (kind, ifnull(meter, 0), height, size);

CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    first_seen_s INTEGER NOT NULL,
    evidence BLOB NOT NULL,
    UNIQUE (kind, subject)
) STRICT;

CREATE TABLE divergence (
    id INTEGER PRIMARY KEY,
    height INTEGER NOT NULL,
    ours BLOB NOT NULL,
    theirs BLOB NOT NULL,
    first_seen_s INTEGER NOT NULL,
    UNIQUE (height, theirs)
) STRICT;

CREATE TABLE day_rollup (
    meter INTEGER NOT NULL REFERENCES meter (key),
    day INTEGER NOT NULL,
    import_wh INTEGER NOT NULL,
    export_wh INTEGER NOT NULL,
    generation_wh INTEGER,
    sun_home_wh INTEGER,
    estimated_wh INTEGER NOT NULL,
    slots INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    estimated INTEGER NOT NULL,
    doubt INTEGER NOT NULL,
    replaced INTEGER NOT NULL,
    PRIMARY KEY (meter, day)
) STRICT, WITHOUT ROWID;
"""

# Gas, water, data: what a meter counts beside electricity. `channel` is the Channel's code, amounts are in its
# own unit (dm³, L, kB). A sum leaves missing slots out.
STEP_0002 = """
CREATE TABLE utility (
    meter INTEGER NOT NULL REFERENCES meter (key),
    channel INTEGER NOT NULL CHECK (channel BETWEEN 4 AND 6),
    slot INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    status INTEGER NOT NULL,
    page INTEGER NOT NULL,
    PRIMARY KEY (meter, channel, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE utility_rollup (
    meter INTEGER NOT NULL REFERENCES meter (key),
    channel INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    estimated_amount INTEGER NOT NULL,
    slots INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    estimated INTEGER NOT NULL,
    doubt INTEGER NOT NULL,
    replaced INTEGER NOT NULL,
    PRIMARY KEY (meter, channel, day)
) STRICT, WITHOUT ROWID;
"""


def statements(script: str) -> list[str]:
    """The statements of a script, one by one (``executescript`` would commit behind our back)."""
    return [text.strip() for text in script.split(";") if text.strip()]
