"""Looking again and again beside a link, and which rounds are looked at next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import encode
from ohmstead.core.errors import VerificationError
from ohmstead.link.binding import Role
from ohmstead.link.errors import LinkLost, RefusalCode
from ohmstead.link.messages import Method
from ohmstead.neighbours.records import RoundLeaf
from ohmstead.services.neighbour_states import Finding, NeighbourState
from ohmstead.services.neighbours import watch
from ohmstead.services.neighbours.check import Ledger
from ohmstead.services.neighbours.due import Due
from ohmstead.services.neighbours.follow import MeterSays
from ohmstead.services.neighbours.keeping import KeptFacts, features_in, view_in, wish_in
from ohmstead.services.neighbours.picture import Wish
from ohmstead.store.neighbours import EQUAL, NOT_YET, WRONG, AlarmRow, OwnRow, RoundRow
from tests.helpers.home import Home, Lie, honest
from tests.ledger.strategies import values as any_value
from tests.services.neighbours.lies import about, refusing, word
from tests.services.neighbours.rig import DAY, EPOCH, HOUSES, App
from tests.services.neighbours.seen import assert_right
