"""The steps from parsed text to attributions, sources, claims and stakes: one module a step, pure."""
