"""Three-way merges of one file, by its kind: generated before, the user's, generated now."""

from scaffold.grow.merge.files import Outcome, merge
from scaffold.grow.merge.lines import Sides

__all__ = ["Outcome", "Sides", "merge"]
