"""The questions, in the order of the answers file."""
