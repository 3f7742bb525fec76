"""Reads, comparisons and deletions, and the description of the API: no language model, starts fast."""
