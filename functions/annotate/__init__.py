"""POST of an article: text and HTML are annotated at once, a URL when it answers quickly; and sentences looked up."""
