"""The vendor's plane as a table: each operation's path, what it takes, gives and does."""
