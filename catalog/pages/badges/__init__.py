"""Badges and the preview picture of an entry: one drawing as SVG, the same as PNG."""
