"""Reports of our own in the forms in which monitors, ministries and recorders write, coded as the
articles are: see README.md."""
