"""What touches the web: the safe fetch of outside URLs, and what the HTTP edge needs."""
