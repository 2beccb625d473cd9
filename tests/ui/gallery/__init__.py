"""Every component in every state, as pictures to look at and as a test that nothing is cut."""
