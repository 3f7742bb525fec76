"""Text: what an article says, in code points one can point at. From HTML or plain text to clean, assessed text."""
