"""What the person chose, and how the window stood: one small typed file."""
