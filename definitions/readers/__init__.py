"""Readers of what others write: texts and files become plain values and facts, or messages.

No framework and no database: whoever has this package can read a MOF.yml, a model card, a
record of the Hugging Face Hub or a facts file (``python -m definitions read``) and judge it.
"""
