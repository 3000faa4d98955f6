"""The answers: their questions, reading, checking, recording."""
