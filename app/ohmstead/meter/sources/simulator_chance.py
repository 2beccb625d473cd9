"""Chance for the simulator: numbers that depend on seed, name and day alone, in any order, on any machine.

SHAKE-256 of (seed, name, day) gives the uniform numbers of that day, so nothing has to be drawn in sequence.
Not here: what the numbers mean.
"""

from __future__ import annotations

from hashlib import shake_256

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_PERSISTENCE_DAYS = 14


def uniforms(seed: int, name: str, day: int, count: int) -> Floats:
    """``count`` numbers, each uniform in (0, 1)."""
    raw = shake_256(f"{seed}/{name}/{day}".encode()).digest(4 * count)
    return (np.frombuffer(raw, ">u4").astype(np.float64) + 0.5) / 2**32


def normals(seed: int, name: str, day: int, count: int) -> Floats:
    """``count`` standard normal numbers (Box and Muller)."""
    u = uniforms(seed, name, day, 2 * count)
    return np.asarray(np.sqrt(-2 * np.log(u[:count])) * np.cos(2 * np.pi * u[count:]))


def persistent(seed: int, name: str, day: int, rho: float) -> float:
    """One standard normal number a day; those of consecutive days correlate by ``rho``.

    The moving-average form of a first-order autoregression over the last fourteen days, so that no day has to
    be known to compute another.
    """
    weights = rho ** np.arange(_PERSISTENCE_DAYS)
    shocks = np.array([normals(seed, name, day - i, 1)[0] for i in range(_PERSISTENCE_DAYS)])
    return float(weights @ shocks / np.sqrt(weights @ weights))


def smooth_noise(seed: int, name: str, day: int, count: int, width: int) -> Floats:
    """Standard normal noise within one day, each number close to the ``width`` around it."""
    raw = normals(seed, name, day, count + width - 1)
    window = np.ones(width) / np.sqrt(width)
    return np.convolve(raw, window, "valid")
