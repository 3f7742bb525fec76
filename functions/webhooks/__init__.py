"""Webhooks: posts of a CMS that come in, the endpoints that callbacks go to, and what has become of each callback."""
