"""Records to citations and reference lists. One file per style."""
