"""Ledger nodes: the embedded engine, its RPC and the client of any node's RPC."""
