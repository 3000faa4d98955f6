"""The answers to `new`: the questions, and how answers are read, checked and recorded."""
