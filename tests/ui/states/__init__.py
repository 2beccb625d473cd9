"""Every page of the window in every state, as pictures and as tests."""
