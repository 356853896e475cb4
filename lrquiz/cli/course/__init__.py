"""Commands about a course: who is in it, what a person decides, what is kept."""
