"""Stems: what the forms of a word have in common, British and American spelling included.

Porter2 does most. Here stands what it does not know: forms that are not made by endings, American
spelling, and words that it takes for forms of another word.
"""

from __future__ import annotations

import re
from threading import Lock

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")
_STEMMING = Lock()
"""A stemmer keeps its state in itself, and pages are served by several threads."""

_IRREGULAR = {
    "children": "child", "childrens": "child", "men": "man", "mens": "man", "women": "woman",
    "womens": "woman", "teeth": "tooth", "feet": "foot",
    "lives": "life", "wives": "wife", "halves": "half", "criteria": "criterion",
    "built": "build", "spent": "spend", "paid": "pay", "held": "hold", "led": "lead",
    "met": "meet", "taught": "teach", "bought": "buy", "brought": "bring", "sought": "seek",
    "gave": "give", "given": "give", "took": "take", "taken": "take", "wrote": "write",
    "written": "write", "chose": "choose", "chosen": "choose", "grew": "grow", "grown": "grow",
    "fell": "fall", "fallen": "fall", "rose": "rise", "risen": "rise", "began": "begin",
    "begun": "begin", "knew": "know", "known": "know", "shown": "show", "ran": "run",
    "driven": "drive", "lost": "lose", "kept": "keep", "recovery": "recover",
}  # fmt: skip

_AMERICAN_ENDING = re.compile(r"(?<=[a-z]{3})z(?=(?:e|ed|er|ers|es|ing|ation|ations|ational)$)")
_AMERICAN = dict(
    pair.split("/")
    for pair in """
    aging/ageing aluminum/aluminium anemia/anaemia anemic/anaemic anesthesia/anaesthesia
    anesthetic/anaesthetic anesthetist/anaesthetist behavior/behaviour behavioral/behavioural
    canceled/cancelled canceling/cancelling catalog/catalogue celiac/coeliac center/centre
    centered/centred color/colour counseling/counselling counselor/counsellor defense/defence
    dialog/dialogue diarrhea/diarrhoea edema/oedema endeavor/endeavour enroll/enrol
    enrollment/enrolment esophageal/oesophageal estrogen/oestrogen favor/favour
    favorable/favourable fetal/foetal fetus/foetus fiber/fibre fulfill/fulfil
    fulfillment/fulfilment gynecological/gynaecological gynecology/gynaecology
    hematology/haematology hemoglobin/haemoglobin hemophilia/haemophilia hemorrhage/haemorrhage
    honor/honour judgment/judgement labeled/labelled labor/labour leukemia/leukaemia
    license/licence liter/litre modeling/modelling neighbor/neighbour
    neighborhood/neighbourhood offense/offence orthopedic/orthopaedic
    pediatric/paediatric pediatrician/paediatrician practise/practice practised/practice
    practising/practice program/programme rigor/rigour rumor/rumour skillful/skilful
    theater/theatre traveled/travelled traveler/traveller traveling/travelling tumor/tumour
    """.split()
)

_APART = frozenset(
    "authority capitation constituency consultant continence experiment hospitality informal"
    " integrity majority minority officer personality publication several".split()
)
"""Words whose own stem would be that of a word with another meaning (severe, minor, author)."""


def stem_word(word: str) -> str:
    """Give the stem of a word in small letters without accents."""
    word = _AMERICAN_ENDING.sub("s", word)
    word = _IRREGULAR.get(word, word)
    singular = _singular(word)
    if singular in _APART:
        return singular
    if british := _AMERICAN.get(word) or _AMERICAN.get(singular):
        word = british
    with _STEMMING:
        stem: str = _STEMMER.stemWord(word)
    return stem


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")
