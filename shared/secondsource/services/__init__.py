"""The use cases, each with its collaborators handed in."""
