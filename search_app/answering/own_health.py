"""Whether a question is about somebody's own symptoms, which documents cannot answer."""

from __future__ import annotations

import re

from search_app.answering.question_words import read_question_words

ADVICE = (
    "This is not medical advice: plans and strategies cannot judge anybody’s symptoms or medicine."
    " For your own, ask NHS 111 (online at 111.nhs.uk, or phone 111) or your GP. In an emergency"
    " call 999."
)

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def asks_of_own_health(question: str) -> bool:
    """Tell whether a question is about the reader's own symptoms or medicine, or those of one he
    cares for.

    A question of benefits, complaints or plans that mentions them is not: better to pass over
    one than to send a reader to NHS 111 who asks about a form.
    """
    words = read_question_words().own_health
    text = re.sub(r"[\s,]+", " ", question.lower())
    if words.other_matters.search(text):
        return False
    if words.seeking_care.search(text):
        return True
    if words.taking.search(text) and words.medicine.search(text):
        return True
    sentences = _SENTENCE_END.split(text)
    return any(words.oneself.search(each) and words.symptom.search(each) for each in sentences)
