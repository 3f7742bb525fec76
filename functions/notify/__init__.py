"""The table's stream: counts claim records anew whose occurrences were written or deleted, and sends callbacks."""
