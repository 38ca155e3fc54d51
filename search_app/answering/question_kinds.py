"""What kind of answer a question asks for, told by its wording: question word and head noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.alignment import is_short_form
from search_app.answering.question_nouns import (
    AUXILIARIES, DETERMINERS, PREPOSITIONS, QUESTION_WORDS, Word, after_determiner,
    count_to_first_noun, find_noun_phrase, is_counted, is_plural, kind_of_noun, kind_of_phrase,
)  # fmt: skip
from search_app.answering.question_words import AnswerKind, QuestionWords

_WITH_PLURAL = frozenset("are were do have aren't don't".split())
_LISTS = frozenset("list name".split())
_SPANS = frozenset("minute hour day week month year".split())
_LISTED: tuple[AnswerKind, ...] = ("policy", "reason", "definition", "list", "way")
"""Of these kinds a noun in the plural asks for a list."""

_LONGEST_DEFINED = 4


class KindFound(NamedTuple):
    """The kind of answer, and the words that told it: the frame, which says nothing of what is
    asked about, and the head, the noun that does ("beds" of "how many beds")."""

    kind: AnswerKind
    frame: Sequence[Word] = ()
    head: Sequence[Word] = ()


def find_kind(words: Sequence[Word], known: QuestionWords) -> KindFound:
    """Tell what kind of answer the words of a question, or a fragment of one, ask for."""
    if not words:
        return KindFound("policy")
    text = " ".join(word.form for word in words)
    for kind, pattern in known.said:
        if kind in ("comparison", "definition") and (match := pattern.search(text)):
            return KindFound(kind, _covered(words, match))
    at = _question_word(words)
    if at is not None:
        return _of_question_word(words, at, known)
    if words[0].form in AUXILIARIES:
        return KindFound("yes_no", words[:1])
    return _of_fragment(words, text, known)


def _covered(words: Sequence[Word], match: re.Match[str]) -> list[Word]:
    """The words of a match in the words joined by spaces."""
    first = match.string.count(" ", 0, match.start())
    return list(words[first:first + match[0].count(" ") + 1])


def _question_word(words: Sequence[Word]) -> int | None:
    """The place of the word that asks: the first, or after prepositions, or a later "what" or
    "how many"; none where an auxiliary opens the question."""
    at = 0
    while at < len(words) - 1 and words[at].form in PREPOSITIONS:
        at += 1
    if words[at].form in QUESTION_WORDS:
        return at
    if words[0].form in AUXILIARIES:
        return None
    for at, (before, word) in enumerate(zip(words, words[1:]), 1):
        following = words[at + 1].form if at + 1 < len(words) else ""
        late = at == len(words) - 1 or before.form in PREPOSITIONS | AUXILIARIES
        if word.form in QUESTION_WORDS and late:
            return at
        if word.form == "what" or word.form == "how" and following in ("many", "much"):
            return at
    return None


def _of_question_word(words: Sequence[Word], at: int, known: QuestionWords) -> KindFound:
    asks, rest = words[at], words[at + 1:]
    match asks.form:
        case "who" | "whom" | "whose":
            text = " ".join(word.form for word in rest)
            return KindFound("policy" if known.who.match(text) else "person", [asks])
        case "when":
            return KindFound("date", [asks])
        case "where":
            return KindFound("place", [asks])
        case "why":
            return KindFound("reason", [asks])
        case "how":
            return _of_how(asks, rest, known)
        case _:
            return _of_what(asks, rest, known)


def _of_how(asks: Word, rest: Sequence[Word], known: QuestionWords) -> KindFound:
    following = rest[0].form if rest else ""
    kind = known.how.get(following)
    if kind is None:
        return KindFound("way", [asks])
    frame = [asks, rest[0]]
    if following == "much":
        amounts = [known.amounts[word.form] for word in rest if word.form in known.amounts]
        return KindFound(amounts[0] if amounts else kind, frame, find_noun_phrase(rest[1:])[:1])
    phrase = find_noun_phrase(rest[1:]) if following == "many" else rest[:1]
    is_span = bool(phrase) and phrase[-1].form.removesuffix("s") in _SPANS
    return KindFound("date" if is_span else kind, frame, phrase)


def _of_what(asks: Word, rest: Sequence[Word], known: QuestionWords) -> KindFound:
    """What "what" or "which" asks for, the words that follow it being given."""
    text = " ".join(word.form for word in rest)
    if match := re.match(r"(?:does|do|did)\s.*?\b(?:mean|stand for)\b", text):
        return KindFound("definition", [asks, _covered(rest, match)[-1]])
    for kind, pattern in known.said:
        if pattern.search(f"{asks.form} {text}") and kind not in ("money", "list", "way"):
            return KindFound(kind, [asks], find_noun_phrase(after_determiner(rest)))
    if rest and rest[0].form in DETERMINERS:  # "tell me what the budget is"
        return _of_named(asks, rest[-1], rest, known)
    if not rest or rest[0].form not in ("is", "are", "was", "were", "will"):
        return _of_determined(asks, rest, known)
    after = rest[2:] if len(rest) > 1 and rest[1].form == "be" else rest[1:]
    return _of_named(asks, rest[0], after, known)


def _of_determined(asks: Word, rest: Sequence[Word], known: QuestionWords) -> KindFound:
    """Of "which councils work with …": the noun beside the question word tells."""
    if len(rest) > 2 and rest[0].form in known.names and rest[1].form == "of":
        found = _of_determined(asks, rest[2:], known)
        return found._replace(frame=(*found.frame, *rest[:2]))
    phrase = find_noun_phrase(rest)
    following = rest[len(phrase)].form if len(phrase) < len(rest) else ""
    ends = following in AUXILIARIES
    noun = phrase[:count_to_first_noun(phrase, known)] if not ends else phrase
    kind = kind_of_phrase(noun, known)
    light = kind_of_noun(noun, known.light) is not None
    last = noun[-1:] if kind or ends else phrase[:1]
    plural = any(is_plural(word.form) for word in last) or (
        kind is None and bool(phrase) and following in _WITH_PLURAL
    )
    if is_counted(phrase) or plural and (light or kind in (None, *_LISTED)):
        return KindFound("list", [asks], noun or phrase)
    return KindFound(kind or "policy", [asks], noun or phrase)


def _of_named(
    asks: Word, verb: Word, after: Sequence[Word], known: QuestionWords
) -> KindFound:
    """Of "what is the budget for …": the last noun before a preposition tells."""
    rest = after_determiner(after)
    determined = len(after) - len(rest)
    phrase = find_noun_phrase(rest)
    if len(phrase) == 1 and phrase[0].form in known.names and len(rest) > 2:
        return _of_named(asks, verb, rest[2:], known)
    alone = len(phrase) == 1 and is_short_form(phrase[0].printed)
    indefinite = after and after[0].form in ("a", "an")
    if alone or indefinite:
        return KindFound("definition", [asks], phrase)
    named = kind_of_phrase(phrase, known)
    is_whole = 0 < len(phrase) == len(rest) <= _LONGEST_DEFINED
    owned = any("'" in word.form for word in phrase)
    if named is None and is_whole and not determined and not owned:
        return KindFound("definition", [asks], phrase)
    plural = bool(phrase) and verb.form in ("are", "were") and is_plural(phrase[-1].form)
    light = kind_of_noun(phrase, known.light) is not None
    is_list = plural and (light or named in (None, *_LISTED)) or is_counted(phrase)
    return KindFound("list" if is_list else named or "policy", [asks], phrase)


def _of_fragment(words: Sequence[Word], text: str, known: QuestionWords) -> KindFound:
    """Of "agency ceiling" or "opening hours": what is said, or the head noun, tells."""
    if words[0].form in _LISTS and len(words) > 1:
        return KindFound("list", words[:1], find_noun_phrase(after_determiner(words[1:])))
    for kind, pattern in known.said:
        if match := pattern.search(text):
            return KindFound(kind, _covered(words, match))
    phrase = find_noun_phrase(after_determiner(words))
    if len(words) == 1 and is_short_form(words[0].printed):
        return KindFound("definition", (), words)
    named = kind_of_phrase(phrase, known)
    is_subject = named in ("organisation", "place") and is_plural(phrase[-1].form)
    return KindFound("policy" if is_subject or named is None else named, (), phrase)
