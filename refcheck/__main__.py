"""``python -m refcheck`` is ``refcheck``."""

from refcheck.cli.commands import main

if __name__ == "__main__":
    main()
