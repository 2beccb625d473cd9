"""Daily sums: a cache that can be dropped and made again from the intervals at any time.

Here: the SQL of one meter's days. Not here: when to run it (``store.mirror``) or reading it
(``store.readings``). A day is a day of the meter's zone table, never of the viewer's zone.
"""

from __future__ import annotations

import sqlite3

# Sums leave missing slots out (their amounts are a page's padding). Sun used at home is
# generation − export, where both were measured; a quarter that exports more than it generates (a battery
# behind the meter) adds nothing.
_SUM = """
INSERT OR REPLACE INTO day_rollup
SELECT ?1, z.day,
    sum(CASE WHEN i.status_import = 2 THEN 0 ELSE i.import_wh END),
    sum(CASE WHEN i.status_export = 2 THEN 0 ELSE i.export_wh END),
    sum(CASE WHEN i.status_generation = 2 THEN 0 ELSE i.generation_wh END),
    sum(CASE WHEN i.status_generation = 2 OR i.status_export = 2 THEN 0
             ELSE max(i.generation_wh - i.export_wh, 0) END),
    sum(CASE WHEN 1 IN (i.status_import, i.status_export, ifnull(i.status_generation, 0))
             THEN i.import_wh + max(ifnull(i.generation_wh, 0) - i.export_wh, 0) ELSE 0 END),
    count(*),
    sum(2 IN (i.status_import, i.status_export, ifnull(i.status_generation, 0))),
    sum(1 IN (i.status_import, i.status_export, ifnull(i.status_generation, 0))),
    sum(3 IN (i.status_import, i.status_export, ifnull(i.status_generation, 0))),
    sum(4 IN (i.status_import, i.status_export, ifnull(i.status_generation, 0)))
FROM zone_day AS z
JOIN zone_day AS n ON n.zone = z.zone AND n.day = z.day + 1
CROSS JOIN interval AS i ON i.meter = ?1 AND i.slot >= z.first_slot AND i.slot < n.first_slot
WHERE z.zone = (SELECT zone FROM meter WHERE key = ?1) AND z.day BETWEEN ?2 AND ?3
GROUP BY z.day
"""

_SUM_UTILITIES = """
INSERT OR REPLACE INTO utility_rollup
SELECT ?1, u.channel, z.day,
    sum(CASE WHEN u.status = 2 THEN 0 ELSE u.amount END),
    sum(CASE WHEN u.status = 1 THEN u.amount ELSE 0 END),
    count(*),
    sum(u.status = 2), sum(u.status = 1), sum(u.status = 3), sum(u.status = 4)
FROM zone_day AS z
JOIN zone_day AS n ON n.zone = z.zone AND n.day = z.day + 1
CROSS JOIN (SELECT 4 AS code UNION SELECT 5 UNION SELECT 6) AS c
CROSS JOIN utility AS u
    ON u.meter = ?1 AND u.channel = c.code AND u.slot >= z.first_slot AND u.slot < n.first_slot
WHERE z.zone = (SELECT zone FROM meter WHERE key = ?1) AND z.day BETWEEN ?2 AND ?3
GROUP BY z.day, u.channel
"""

_DAY_OF = """
SELECT max(day) FROM zone_day WHERE zone = (SELECT zone FROM meter WHERE key = ?1) AND first_slot <= ?2
"""


def sum_days_of(
    connection: sqlite3.Connection,
    meter_key: int,
    first_slot: int,
    last_slot: int,
    *,
    utilities: bool = False,
) -> None:
    """Sum again every local day that the slots first..last (both included) touch; ``utilities`` as well.

    Slots outside the zone table have no day and no sum. Runs inside the caller's transaction.
    """
    first = connection.execute(_DAY_OF, (meter_key, first_slot)).fetchone()[0]
    last = connection.execute(_DAY_OF, (meter_key, last_slot)).fetchone()[0]
    if last is None:
        return
    days = (meter_key, first if first is not None else 0, last)
    connection.execute(_SUM, days)
    if utilities:
        connection.execute(_SUM_UTILITIES, days)


def rebuild(connection: sqlite3.Connection) -> None:
    """Drop and make all sums of all meters. Runs inside the caller's transaction."""
    connection.execute("DELETE FROM day_rollup")
    connection.execute("DELETE FROM utility_rollup")
    for (key,) in connection.execute("SELECT key FROM meter").fetchall():
        connection.execute(_SUM, (key, 0, 1 << 40))
        connection.execute(_SUM_UTILITIES, (key, 0, 1 << 40))
