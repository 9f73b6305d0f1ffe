"""The whole register as files: JSON Lines, CSV and SQLite, written in batches."""
