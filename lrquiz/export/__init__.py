"""What leaves lrquiz for other systems: their own files filled, feedback packed, autograders."""
