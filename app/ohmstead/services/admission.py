"""What a meter may say to a device that has paired: not yet. Apart, so that who only words it loads no radio."""

from __future__ import annotations

from ohmstead.errors import ExternalError


class RoleNotGranted(ExternalError):
    """The meter has an owner already, who has not granted this device a role yet."""
