"""The root of every typed verification failure.

Here: the base class alone; each module names its own failures beside the check that raises them.
Not here: errors of people and machines (``ohmstead.errors``).
"""

from __future__ import annotations


class VerificationError(Exception):
    """A proof, signature or record is not what it claims to be.

    ``subject`` names the record that failed ("page 16092", "header 8411"), so that a screen, a log line
    and a test can say what was refused. Nothing that raised this is ever used.
    """

    def __init__(self, subject: str, reason: str) -> None:
        super().__init__(f"{subject}: {reason}")
        self.subject = subject
        self.reason = reason

    @property
    def code(self) -> str:
        """The failure's stable name, for machines: the class name."""
        return type(self).__name__
