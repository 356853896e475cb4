"""Everything about a course that is not a mark: its folder, its roster, its secret."""
