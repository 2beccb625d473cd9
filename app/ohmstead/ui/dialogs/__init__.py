"""What stands over the window and asks or tells: opened, never executed."""
