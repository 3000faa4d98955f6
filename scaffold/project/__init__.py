"""A project: the widget's folder, and beside it the record of what was generated from which answers."""
