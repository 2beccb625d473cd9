"""The neighbourhood simulator behind ``ohmstead demo``: other machines, run on this one."""
