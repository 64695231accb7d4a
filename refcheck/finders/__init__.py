"""Documents to placeholders. One file per rule."""
