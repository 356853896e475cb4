"""A person's last word: marks and decisions of people, applied to what the machine found."""
