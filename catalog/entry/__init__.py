"""What an entry is: its parts, its document, its rows, and the one way to write them."""
