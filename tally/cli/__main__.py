"""Runs the command line: `python -m tally.cli`."""

import sys

from tally.cli import main

sys.exit(main())
