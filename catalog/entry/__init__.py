"""What an entry is: its parts and their values, whichever door they come in by."""
