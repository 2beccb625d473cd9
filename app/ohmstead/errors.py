"""The kinds of error that reach a person. Bugs are everything else: they become a crash report.

Verification failures are a third family with their own tree, ``ohmstead.core.errors``.
"""

from __future__ import annotations


class UserError(Exception):
    """Something the person can put right. The message says what is wrong and what to do."""


class ExternalError(Exception):
    """The disk, the radio, a permission, another program. Trying again or the help page may cure it."""
