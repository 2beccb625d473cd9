"""What a meter can read: recorded files, the demonstration home, the simulator."""
