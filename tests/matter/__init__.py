"""Short pieces of news about something else, half of them with a real harm: see README.md."""
