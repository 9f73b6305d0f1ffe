"""The learn pages: Markdown under ``content/learn/``, with sources, links into the register and
live figures. ``content/learn/README.md`` has the form."""
