"""Qt-free view models: state in, what to show out."""
