"""The two language models behind small interfaces."""
