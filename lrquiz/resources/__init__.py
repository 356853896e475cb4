"""Where the files that travel with the program are, and how files are written safely."""
