"""The questions themselves, in the order they are asked."""
