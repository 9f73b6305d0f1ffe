"""What pages show, built from loaded rows: no queries and no HTTP in here."""
