"""Files that the register gives out: facts, model files, bills of materials, dumps."""
