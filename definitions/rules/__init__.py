"""One module per definition and version. Old versions stay."""
