"""The queue: fetches URLs and annotates what nobody waits for."""
