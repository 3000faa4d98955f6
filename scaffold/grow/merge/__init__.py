"""Merges one file three ways, by its kind: what was generated before, the user's, what is generated now."""

from scaffold.grow.merge.files import Outcome, merge
from scaffold.grow.merge.lines import Sides

__all__ = ["Outcome", "Sides", "merge"]
