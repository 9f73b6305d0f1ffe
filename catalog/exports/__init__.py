"""What Glassbox gives out as data: files of an entry, dumps, and the columns of every noun."""
