"""Figures, not tests: what takes how long here, as ratios to a yardstick run beside it."""
