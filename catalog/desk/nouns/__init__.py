"""What editors see and change of each noun, in Django's admin."""
