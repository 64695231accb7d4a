"""Ways of leaving a source open, one file each; `collect` gathers what they find."""
