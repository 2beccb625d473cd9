"""Windows above the window; opened, never executed."""
