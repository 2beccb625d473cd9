"""Tokens turned into Qt: colours, type, icons, painting."""
