"""The shell: arguments in, text and exit status out."""
