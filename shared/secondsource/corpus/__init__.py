"""One claim across articles: index keys, matching, origins. Pure."""
