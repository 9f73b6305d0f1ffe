"""The Hub: a repository asked for, read and stated as the document of an entry."""
