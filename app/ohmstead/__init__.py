"""Ohmstead: the desktop energy app that a household can believe."""

__version__ = "0.1.0"
