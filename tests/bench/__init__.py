"""Benchmarks against the product's budgets: measured in one run beside a peer, never asserted in a test."""
