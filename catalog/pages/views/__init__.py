"""Pages: each view translates one address into reads and a template, nothing more."""
