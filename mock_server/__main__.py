"""``python -m mock_server`` and ``cbtsync-mock`` are the same."""

from mock_server.cli import main

if __name__ == "__main__":
    main()
