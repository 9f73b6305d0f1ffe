"""What the values of some facets are called."""

SIZES = {
    "under-1b": "Under 1 billion",
    "1b-10b": "1 to 10 billion",
    "10b-100b": "10 to 100 billion",
    "over-100b": "100 billion and more",
    "unknown": "Not recorded",
}

CHECKED = {
    "verified": "Verified at the maker’s pages",
    "editor": "Recorded by one reading of ours",
    "registers": "Recorded by another register",
    "metadata": "From metadata alone",
}
"""The three tiers; *recorded* is told apart by whose word it is."""

REGISTERS = {
    "mot": "Model Openness Tool",
    "osai-index": "European Open Source AI Index",
    "huggingface": "Hugging Face Hub",
}
