"""What comes out: the report, Web Annotations, the plain summary and the HTML page. Nothing here decides anything."""
