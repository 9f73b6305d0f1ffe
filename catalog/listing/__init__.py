"""Finding systems and other nouns: filters, facets, search, and the index that counts."""
