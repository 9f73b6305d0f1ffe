"""What the values of some facets are called."""

SIZES = {
    "under-1b": "Under 1 billion",
    "1b-10b": "1 to 10 billion",
    "10b-100b": "10 to 100 billion",
    "over-100b": "100 billion and more",
    "unknown": "Not recorded",
}

CHECKED = {
    "verified": "Every component verified by hand",
    "editor": "Recorded by an editor",
    "registers": "Other registers alone",
}

REGISTERS = {
    "mot": "Model Openness Tool",
    "osai-index": "European Open Source AI Index",
    "huggingface": "Hugging Face Hub",
}
