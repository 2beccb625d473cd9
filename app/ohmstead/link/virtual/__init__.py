"""A radio without hardware: virtual controllers, their air, and a bleak backend on top.

For the demonstration and the tests. The app above and the meter below run their real code; only what is
here stands in for the Bluetooth hardware and the operating system's stack.
"""
