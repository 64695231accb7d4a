"""Finds the references an article still lacks, looks them up, and says which it could not."""
