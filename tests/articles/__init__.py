"""Articles of our own, each harm of them coded field by field before any program read them, and the
scorer that holds a reading against it: see README.md."""
