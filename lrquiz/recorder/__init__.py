"""What runs beside training code, ours and the students': the recorder and the harness."""
