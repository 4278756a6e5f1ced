"""Run qcode as ``python -m qcode``."""

from qcode.cli.main import main

if __name__ == "__main__":
    main()
