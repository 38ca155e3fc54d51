"""Questions to evaluate answers by: what each asks, and what a right answer holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search_app.json_lines import Row, read_lines, text_of, texts_of


@dataclass(frozen=True)
class Gold:
    """Verbatim words of a file that answer a question."""

    file: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question with its right answers.

    ``answers`` are short ones, each of which will do, as will ``boolean``, yes or no, beside
    them. A quotation must hold one of ``expected``, or one name of each of ``parts``; it must be
    from the place of ``quotes``, where there are any. ``passages`` are ids of the passages of a
    set that answer, ``grades`` how well each does (0 and more), where that is known.
    ``document`` names what the question was asked about.
    """

    id: str
    text: str
    kind: str = ""
    answerable: bool = True
    document: str = ""
    answers: tuple[str, ...] = ()
    boolean: str = ""
    expected: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    quotes: tuple[Gold, ...] = ()
    passages: frozenset[str] = frozenset()
    grades: Mapping[str, float] | None = None


def read_questions(path: Path) -> list[Question]:
    """Read a file of questions.

    Raises:
        BadLine: a line is no question.
    """
    return [question for question in read_lines(path, _make_question)]


def _make_question(row: Row) -> Question:
    answers = texts_of(row, "answers")
    question = text_of(row, "question")
    given = any(row.get(name) for name in ("answers", "contain", "quotes", "gold_passages"))
    return Question(
        id=text_of(row, "id", question),
        text=question,
        kind=text_of(row, "kind", ""),
        answerable=_flag(row, "answerable", given),
        document=text_of(row, "doc", ""),
        answers=answers,
        boolean=text_of(row, "boolean", ""),
        expected=texts_of(row, "contain") or answers,
        parts=_parts(row),
        quotes=_quotes(row),
        passages=frozenset(texts_of(row, "gold_passages")),
        grades=_grades(row),
    )


def _flag(row: Row, name: str, default: bool) -> bool:
    value = row.get(name, default)
    if not isinstance(value, bool):
        raise ValueError(f'"{name}" should be true or false')
    return value


def _parts(row: Row) -> tuple[tuple[str, ...], ...]:
    parts = row.get("parts") or []
    if not isinstance(parts, list):
        raise ValueError('"parts" should be a list of lists of texts')
    return tuple(texts_of({"parts": names}, "parts") for names in parts)


def _quotes(row: Row) -> tuple[Gold, ...]:
    quotes = row.get("quotes") or []
    if not isinstance(quotes, list) or not all(isinstance(quote, dict) for quote in quotes):
        raise ValueError('"quotes" should be a list of objects with "file" and "text"')
    return tuple(Gold(text_of(quote, "file"), text_of(quote, "text")) for quote in quotes)


def _grades(row: Row) -> Mapping[str, float] | None:
    grades = row.get("rel") or None
    if grades is None:
        return None
    if not isinstance(grades, dict) or not all(
        isinstance(grade, int | float) for grade in grades.values()
    ):
        raise ValueError('"rel" should give a number to each id of a passage')
    return {id: float(grade) for id, grade in grades.items()}
