"""The Bluetooth LE link: label, frames, Noise session, messages. Shared by both ends of the radio.

Here: everything that the app and the meter say to each other and how they say it. Not here: what the meter
answers (``ohmstead.meter``), what the app does with an answer (``ohmstead.services``), and the ledger's
rules. Source: protocol/link.
"""
