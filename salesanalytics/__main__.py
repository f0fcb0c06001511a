"""``python -m salesanalytics``."""

import sys

from salesanalytics.cli import main

if __name__ == "__main__":
    sys.exit(main())
