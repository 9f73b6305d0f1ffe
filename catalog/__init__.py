"""The catalogue: facts about AI systems, each with its evidence, and the verdicts on them."""
