"""The user's own records, asked as public sources are."""
