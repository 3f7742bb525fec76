"""The register of actors and their interests: a function of its own, for a function's policy holds some 35 routes."""
