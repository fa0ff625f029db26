"""`python -m switchroom`."""

from switchroom.cli.app import main

if __name__ == "__main__":
    main()
