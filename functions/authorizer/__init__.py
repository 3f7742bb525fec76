"""API key to tenant and scopes, before anything else runs."""
