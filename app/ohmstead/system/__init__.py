"""The machine that Ohmstead runs on: folders, resources, zones, secrets, processes."""
