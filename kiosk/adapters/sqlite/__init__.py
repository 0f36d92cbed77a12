"""The log and the directory in one SQLite file."""
