"""A project: the widget's folder and the record of what was generated from which answers."""
