"""Reads answers from a text: returns the answers, or the exact lines of their faults."""

import io
from pathlib import Path

import pytest

from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.reading import read_source
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.validate import load


def answers_of(text: str | bytes, *overrides: str, suffix: str = ".yml", tmp: Path | None = None) -> Answers:
    """Return the answers of a text, read from a file in `tmp` or else from standard input."""
    data = text.encode() if isinstance(text, str) else text
    if tmp is None:
        return load(read_source("-", io.BytesIO(data)), overrides)
    path = tmp / f"answers{suffix}"
    path.write_bytes(data)
    return load(read_source(str(path), io.BytesIO()), overrides)


def faults_of(text: str | bytes, *overrides: str, suffix: str = ".yml", tmp: Path | None = None) -> list[str]:
    """Return the fault lines of a text, without the name of the file."""
    with pytest.raises(AnswersError) as caught:
        answers_of(text, *overrides, suffix=suffix, tmp=tmp)
    name = f"{tmp}/answers{suffix}:" if tmp else "<stdin>:"
    return [line.removeprefix(name) for line in caught.value.details]


def in_file(answers: str) -> str:
    """Return an answers file with two lines of our own, and `answers` from the third line on."""
    return f"code: acme_leads\nareas: [lcard-1]\n{answers}"
