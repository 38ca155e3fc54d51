"""Whether a text is about somebody's own health or danger, which documents cannot answer, and what
to do then."""

from __future__ import annotations

import re

from search_app.answering.danger import find_danger
from search_app.answering.question_words import read_question_words

ADVICE = (
    "This is not medical advice: plans and strategies cannot judge anybody’s symptoms or medicine."
    " For your own, ask NHS 111 (online at 111.nhs.uk, or phone 111) or your GP. In an emergency"
    " call 999."
)

EMERGENCY_ADVICE = (
    "If somebody’s life may be in danger, call 999 or go to A&E now. This service only searches"
    " plans and strategies, and cannot help in an emergency. If you are not sure, NHS 111 will tell"
    " you what to do (phone 111, or 111.nhs.uk)."
)
SUICIDE_ADVICE = (
    "If you or somebody else is hurt or in danger now, call 999 or go to A&E. You are not alone,"
    " and people are there to listen at any hour: phone NHS 111 and choose option 2, call"
    " Samaritans free on 116 123, or text SHOUT to 85258. This service only searches plans and"
    " strategies, and cannot help in a crisis."
)

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def find_advice(text: str) -> str:
    """Give what to tell a reader whose text is about his own health or that of one he cares for,
    the more the greater the danger; nothing where it is about anything else."""
    danger = find_danger(text)
    if danger:
        return SUICIDE_ADVICE if danger == "suicide" else EMERGENCY_ADVICE
    return ADVICE if asks_of_own_health(text) else ""


def is_danger(advice: str) -> bool:
    """Tell whether an advice is for somebody whose life may be in danger."""
    return advice in (EMERGENCY_ADVICE, SUICIDE_ADVICE)


def asks_of_own_health(question: str) -> bool:
    """Tell whether a question is about the reader's own symptoms or medicine, or those of one he
    cares for.

    A question of benefits, complaints or plans that mentions them is not: better to pass over
    one than to send a reader to NHS 111 who asks about a form.
    """
    read = read_question_words()
    words = read.own_health
    text = re.sub(r"[\s,]+", " ", re.sub("['’]", "", question.lower()))
    if words.other_matters.search(text):
        return False
    if words.seeking_care.search(text):
        return True
    if words.taking.search(text) and words.medicine.search(text):
        return True
    sentences = (_leave_out(read.opening, each) for each in _SENTENCE_END.split(text))
    return any(words.oneself.search(each) and words.symptom.search(each) for each in sentences)


def _leave_out(opening: re.Pattern[str], sentence: str) -> str:
    """Leave out the words that a question opens with: the "I" of "I want to know" is not ill."""
    begins = opening.match(sentence)
    return sentence[begins.end():] if begins else sentence
