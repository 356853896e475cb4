"""HTML pages: view models of plain data, and templates that only lay them out."""
