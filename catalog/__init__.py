"""The catalogue: what was released, with which evidence, and what follows from it."""
