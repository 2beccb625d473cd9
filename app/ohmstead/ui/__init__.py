"""The window. Everything here runs on the main thread unless it says otherwise."""
