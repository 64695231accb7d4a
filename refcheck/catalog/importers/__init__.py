"""The forms in which dumps come, one file each."""
