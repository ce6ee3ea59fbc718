"""Files of every kind, broken at random: none may end a run, none may hang, and no loss is silent."""
