"""What Glassbox gives out as data: the columns of every noun, the same in API, lists and dumps."""
