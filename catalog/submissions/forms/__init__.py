"""What people type into the submission form, step by step, and how it is checked."""
