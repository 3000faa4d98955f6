"""The kinds of answers: each one class with its check, its JSON Schema and its form as text."""
