"""Numbers: bare ones (`numerals`), and what a number counts when it counts no people (`units`)."""
