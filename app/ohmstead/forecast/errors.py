"""What a forecast refuses: arguments that make no sense. Too little history is no error but an answer."""

from __future__ import annotations


class ForecastError(ValueError):
    """An argument that no forecast can be made of. The message says which and why."""
