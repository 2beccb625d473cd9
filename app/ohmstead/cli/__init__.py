"""The commands. Each module adds one parser and runs it; they print, and nothing else in Ohmstead does."""
