"""Starts the program: `python -m kiosk` is the command `kiosk`."""

import sys

from kiosk.adapters import reading_start

if __name__ == "__main__":
    if sys.argv[1:] == [reading_start.ARGUMENT]:
        from kiosk.adapters.reading_child import serve

        sys.exit(serve())
    from kiosk.app.main import main

    sys.exit(main())
