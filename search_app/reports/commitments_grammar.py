"""What makes a sentence a promise, an aim or a plan, by the grammar of English promises.

The words are in commitments.toml. What only looks like one is told apart: forecasts, necessities,
conditions, questions, what a paper says of itself, rules of law, and what somebody else is quoted
with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from search_app.reports.commitments_actors import name_actor, says_none
from search_app.reports.commitments_subjects import (
    Kind, find_subject, is_amount, is_listed, says_we, tell_subject,
)  # fmt: skip
from search_app.reports.commitments_words import (
    Strength, Words, read_words, take_words, to_small,
)  # fmt: skip

NO_CUE = "no cue"
NO_ACTOR = "no one who acts"
FORECAST = "forecast"
EFFECT = "effect"
PAPER = "paper"
"""What a sentence is that is no commitment, among others."""

_ACTING: tuple[Kind, ...] = ("we", "actor", "carried")
_WISHES = ("want", "wants", "hope", "hopes", "seek", "seeks")
_SET_OUT = ["set", "out"]


@dataclass(frozen=True)
class Cue:
    """What makes a sentence a commitment: the words that say so and who says it, as offsets.

    ``subject`` is (n, n) where nobody is named. ``negated``: it is promised that something is not
    done.
    """

    strength: Strength
    start: int
    end: int
    subject: tuple[int, int]
    negated: bool = False


@dataclass(frozen=True)
class _Clause:
    """A clause with a cue: ``match`` finds this, ``subject`` are the offsets of who acts."""

    text: str
    match: re.Match[str]
    subject: tuple[int, int]
    words: Words

    @property
    def name(self) -> str:
        return self.text[slice(*self.subject)]

    @property
    def before(self) -> str:
        return self.text[:self.match.start()]

    @property
    def kind(self) -> Kind:
        return tell_subject(self.text, self.name, self.match.start(), self.words)


_ADVERB = re.compile(
    r"(?:,?\s*(?:also|all|both|always|now|then|therefore|thus|each|once|again|soon|shortly|still"
    r"|only|just|ever|first|next|jointly|together|further|be\s+able\s+to|seek\s+to|aim\s+to"
    r"|begin\s+to"
    r"|start\s+to|help\s+to|work\s+(?:together\s+)?to|continue\s+to|go\s+on\s+to|\w+ly|where"
    r"\s+(?:possible|appropriate|necessary)|in\s+turn|in\s+future|in\s+addition|by\s+\d{4}),?\s+)"
)
_NOT = re.compile(r"\s*(?:not(?!\s+only)|never|no\s+longer)\b", re.I)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_EMBEDDED = re.compile(
    r"\b(?:how|what|whether|why|if|(?:about|to|decide|see|know|says?|shows?|tells?|lists?"
    r"|explains?|describes?)\s(?:which|who|where|when))\s*$",
    re.I,
)
_WHENEVER = re.compile(
    r"\b(?:when|where|until|once|because|since|(?<!well\s)as|while|whilst|although|though)\s*$",
    re.I,
)
_EXPECTED = re.compile(
    r"\b(?:expected|anticipated|envisaged|hoped?)\s(?:that\s(?:.*\sthat\s)?)?$", re.I | re.S
)
_ACHIEVED = re.compile(
    r"\b(?:has|have|was|were)\s(?:now|since|already)\s(?:been\s)?(?:\w+ed|met|done)\b", re.I
)
_THOUGHT = re.compile(
    r"\b(?:fears?|feared|believe[sd]?|thinks?|thought|feels?|felt|worr(?:y|ied)|concern(?:s|ed)?"
    r"|estimate[sd]?|assum(?:e|es|ed|ption)|suggest(?:s|ed)?|predict(?:s|ed)?|views?|belief|opinion"
    r"|feelings?|perception|recommend(?:s|ed|ations?)?|advis(?:es?|ed)|project(?:s|ed|ions?)"
    r"|forecast(?:s|ing)?|likely|unlikely|possible"
    r"|probable|risk|means?|shows?|evidence|implies|confident)"
    r"\s(?:that\s)?$", re.I,
)
_HOLDS = re.compile(
    r"\b(?:anticipates?|believes?|think|thinks|assumes?|envisages?|predicts?|fears?)\s\w+\s", re.I
)  # "we anticipate the work will be …"
_NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|this|that|these|those|our|its|their|no|any|each|action|delivery|care|business"
    r"|work|strategic|operational|improvement|implementation|recovery|development|service|clear"
    r"|joint|draft|overall|main|key|primary|year|and)\s+$"
    r"|\b(?:a|an)\s(?:[\w-]+\s){1,2}$", re.I,
)
_CONDITION = re.compile(
    r"\b(?:unless|provided\s+(?:that|we|there)|providing\s+that|depending\s+on"
    r"|dependent\s+(?:up)?on|in\s+the\s+event)\b|^\W*subject\s+to\b"
    r"|\bsubject\s+to\s+(?:\w+\s){0,3}(?:agreement|approval|availability|consultation|funding"
    r"|outcome)\b"
    r"|(?<!as\s)(?<!see\s)(?<!assess\s)(?<!determine\s)(?<!decide\s)(?<!check\s)(?<!ask\s)"
    r"(?<!know\s)(?<!even\s)(?<!review\s)(?<!identify\s)(?<!understand\s)(?<!test\s)\bif\b"
    r"(?!\s(?:any|appropriate|needed|necessary|possible|required|not|so|it\sis\snot)\b)"
    r"|^\W*(?:should|were|had)\s",
    re.I,
)
_ASKS = re.compile(
    r"\?\W*$"
    r"|^\W*(?:\d+[.)]\s*)?(?:how|what|why|when|where|who|which|whether)\s(?:will|shall)\b",
    re.I,
)
_ONE_PERSON = re.compile(r"\b(?:I|I['’]m|I['’]ll|my|me|myself)\b")
_SPEAKS = re.compile(
    r"\b(?:said|says|told|commented|comments|respondents?|participants?|interviewees?|remarked"
    r"|quoted)\b", re.I,
)
_HERE = re.compile(
    r"\b(?:below|in\sturn|case\sstud(?:y|ies)|here|sections?|chapters?|appendix|annex|slides?)\b",
    re.I,
)
_BY_DATE = re.compile(r"\b(?:by|from|in|during)\s(?:\w+\s){0,6}(?:19|20)\d\d\b", re.I)
_ACTED_ON = re.compile(
    r"\s+(?:the|our|its|their|a|an|this|these|all|each|access|support|\w+ing\b)", re.I
)
_ALONE = re.compile(
    r"(?:by|to|from|in|over|and|as|at|with|until|further|again|on|for|due|if|but|or|\w+ly)$"
)
_NOT_SO = re.compile(
    r"(?:\bnot|n[’']t|\bto|\bwould|\bmight|\bmay|\bcould|\bhad|\bwere|\bwas)\s+$", re.I
)
_SOME_OTHER = re.compile(r"\b(?:this|that|which|national|whose)\s*$", re.I)
_LEADS = (":", "…", "...", "will", "-", "–")


def find_cue(text: str, quoted: bool = False) -> Cue | str:
    """Find what makes a sentence a commitment; else say what it is, in a word or two.

    ``quoted``: it begins within quotation marks that an earlier sentence opens.
    """
    words = read_words()
    said = NO_CUE
    for match in words.cue.finditer(to_small(text)):
        found = _reject(text, match, quoted) or _judge(text, match, words)
        if isinstance(found, Cue):
            return _name(text, found, bool(match["noun"]))
        said = found if said == NO_CUE else said
    return said


def _name(text: str, cue: Cue, is_noun: bool) -> Cue:
    """Say of a cue who acts, and whether that is none of those who are named."""
    actor = name_actor(text, cue.subject, is_noun)
    return replace(cue, subject=actor, negated=cue.negated or says_none(text[slice(*actor)]))


def _reject(text: str, match: re.Match[str], quoted: bool) -> str:
    if _ASKS.search(text):
        return "question"
    if _CONDITION.search(text):
        return "condition"
    before = text[:match.start()]
    inside = quoted or before.count("“") > before.count("”") or before.count('"') % 2 == 1
    speaks = quoted or says_we(before) or _SPEAKS.search(text)
    return "somebody’s words" if _ONE_PERSON.search(text) or inside and speaks else ""


def _judge(text: str, match: re.Match[str], words: Words) -> Cue | str:
    clause = _Clause(text, match, find_subject(text, match.start()), words)
    opening = text[:clause.subject[0]]
    if _EMBEDDED.search(opening) or _EMBEDDED.search(clause.before):
        return "question"
    if _THOUGHT.search(opening) or words.compared.search(clause.before):
        return FORECAST
    if _HOLDS.search(text, clause.subject[0], match.start()):
        return FORECAST
    if _is_reported(clause):
        return "somebody’s words"
    if _WHENEVER.search(opening) and not says_we(clause.name):
        return EFFECT
    if match["noun"]:
        return _judge_noun(clause)
    if match["phrase"]:
        return _judge_phrase(clause)
    kind = clause.kind
    if kind in ("pronoun", "people", "amount") and _EXPECTED.search(opening):
        return FORECAST
    if kind in ("somebody else", "rule", "paper") and not _is_renewed(clause):
        return kind
    return _judge_will(clause, kind)


def _is_reported(clause: _Clause) -> bool:
    """Tell whether it is what those for whom it is done are reported to have said or wished."""
    if clause.kind in _ACTING:
        return False  # "patients told us of delays, so the Trust will"
    before, words = clause.before, clause.words
    for said in words.reported.finditer(before):
        first, last = find_subject(before, said.start())
        kind = tell_subject(before, before[first:last], said.start(), words)
        if kind in ("people", "amount", "somebody else"):
            return True
    return False


def _is_renewed(clause: _Clause) -> bool:
    """Tell whether a paper is promised to be published or renewed."""
    said = take_words(clause.text, clause.match.end(), 3)
    return said[:1] == ["be"] and bool({*said[1:]} & clause.words.what["renewed"])


def _judge_noun(clause: _Clause) -> Cue | str:
    """Judge "our aim is to …", which needs nobody else to act."""
    match = clause.match
    if _names_paper(clause.text):
        return PAPER
    if match["to"] == "for" and _SOME_OTHER.search(clause.before):
        return FORECAST
    strength = clause.words.strengths[match["noun"]]
    return Cue(strength, match.start("noun"), match.end(), clause.subject)


def _judge_phrase(clause: _Clause) -> Cue | str:
    """Judge "aims to …" and "is due to …"."""
    match, words = clause.match, clause.words
    phrase = words.name_phrase(match["phrase"])
    after = take_words(clause.text, match.end(), 2)
    if _NOT_SO.search(clause.before) or _ACHIEVED.search(clause.text):
        return "not said so"
    if phrase in words.set:
        if phrase.endswith("to") and not {*after[:1]} & words.planned:
            return FORECAST
        if is_amount(clause.name, words):
            return FORECAST
        if phrase in ("planned for", "scheduled for") and clause.kind in ("we", "actor", "pronoun"):
            return "not said so"
    elif said := _find_no_actor(clause, phrase):
        return said
    if {*after[:1]} & words.what["tells"] or after == _SET_OUT:
        return PAPER
    if {*after[:1]} & words.what["tells_here"] and _names_paper(clause.text):
        return PAPER
    return Cue(words.strengths[phrase], match.start(), match.end(), clause.subject)


def _find_no_actor(clause: _Clause, phrase: str) -> str:
    """Say what a phrase is that nobody says who acts; nothing where somebody does."""
    kind, first = clause.kind, phrase.split()[0]
    listed = not clause.name.strip() and is_listed(clause.before)
    by_other = kind == "pronoun" and first not in _WISHES
    if not (listed or by_other or kind in _ACTING):
        return kind if kind in ("somebody else", "rule", "paper") else NO_ACTOR
    is_noun = first in clause.words.strengths and kind != "we"
    return NO_ACTOR if is_noun and _NOUN_BEFORE.search(clause.before) else ""


def _judge_will(clause: _Clause, kind: Kind) -> Cue | str:
    text, match = clause.text, clause.match
    negation = _NOT.match(text, match.end())
    negated = bool(negation) or match.group().endswith(("n’t", "n't"))
    found = _WORD.match(text, _skip_adverbs(text, (negation or match).end()))
    cue = Cue("promise", match.start(), match.end(), clause.subject, negated)
    if not found:
        leads = text.rstrip().endswith(_LEADS) and kind in (*_ACTING, "thing", "people")
        return cue if leads else NO_CUE
    if found.group().lower() == "be":
        judge = _judge_there if kind == "there" else _judge_be
        return judge(clause, found.end(), kind, negated) or cue
    return NO_CUE if kind == "there" else _judge_act(clause, found, kind, negated) or cue


def _judge_there(clause: _Clause, at: int, kind: Kind, negated: bool) -> str:
    """Judge "there will be …"; empty where it promises."""
    said = take_words(clause.text, at, 7)
    is_new = {*said[:1]} & clause.words.what["new"]
    return "" if is_new and not {*said} & clause.words.what["burdens"] else FORECAST


def _judge_be(clause: _Clause, at: int, kind: Kind, negated: bool) -> str:
    """Judge "will be …"; empty where it promises."""
    text, what = clause.text, clause.words.what
    found = _WORD.match(text, _skip_adverbs(text, at))
    state = found.group().lower() if found else ""
    if state in what["befallen"] or state == "able" and negated:
        return FORECAST
    if kind == "relative" and not _BY_DATE.search(text, at):
        return EFFECT
    if state.endswith("ed") or state in what["done"]:
        return PAPER if kind != "we" and _is_told(state, clause) else ""
    if state.endswith("ing") and _names_paper(text):
        return PAPER
    if state.endswith("ing"):
        begins = any(each.startswith(state.removesuffix("ing")) for each in what["begins"])
        return "" if kind in _ACTING or begins and kind == "thing" else FORECAST
    if state in what["ready"]:
        return FORECAST if kind == "pronoun" and state in ("in", "under") else ""
    is_stated = kind in (*_ACTING, "thing") and _BY_DATE.search(text)
    return "" if kind == "we" or is_stated else FORECAST


def _is_told(participle: str, clause: _Clause) -> bool:
    stems = {participle, participle.removesuffix("d"), participle.removesuffix("ed")}
    what = clause.words.what
    told_here = stems & what["tells_here"] and _HERE.search(clause.text)
    kept_here = stems & what["puts_in"] and _paper_patterns()[1].search(clause.text)
    return participle == "shown" or bool(stems & what["tells"] or told_here or kept_here)


def _judge_act(clause: _Clause, found: re.Match[str], kind: Kind, negated: bool) -> str:
    """Judge "will …" with a verb; empty where it promises."""
    verb, what = found.group().lower(), clause.words.what
    after = take_words(clause.text, found.end(), 5)
    if verb in what["befalls"] or verb in ("have", "lead") and after[:1] == ["to"]:
        return FORECAST
    if verb in what["tells"] and kind != "people" or [verb, *after[:1]] == _SET_OUT:
        return PAPER
    is_here = _names_paper(clause.text) or _HERE.search(clause.text)
    if verb in what["tells_here"] and is_here:
        return PAPER
    acted_on = bool(_ACTED_ON.match(clause.text, found.end()))
    moved = after[:1] and not _ALONE.match(after[0])
    if verb in what["moves"] and kind != "we" and not (kind in _ACTING and moved):
        return FORECAST
    if verb == "have" and kind in ("actor", "people") and not acted_on:
        return FORECAST
    if kind == "carried":
        return EFFECT if verb in what["mere_effects"] else ""
    if kind in _ACTING:
        return EFFECT if verb in what["gains"] else ""
    if kind == "people" and verb in clause.words.who["got"] and not {*after} & what["burdens"]:
        return ""
    if kind == "thing" and verb in what["begins"] and not negated:
        return ""
    return EFFECT if verb in what["effects"] else FORECAST


def _skip_adverbs(text: str, at: int) -> int:
    at += len(text[at:]) - len(text[at:].lstrip(" ,"))
    while found := _ADVERB.match(text, at):
        at = found.end()
    return at


def _names_paper(text: str) -> bool:
    """Tell whether a text speaks of itself: this report, the next chapter."""
    return bool(_paper_patterns()[0].search(text))


@lru_cache(maxsize=1)
def _paper_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of a paper that is pointed at, and of what stands in one."""
    papers = "|".join(sorted(read_words().who["papers"]))
    which = "this|following|next|last|final|present|current|above|below"
    return (
        re.compile(rf"\b(?:{which})\s(?:\w+\s)?(?:{papers})\b", re.I),
        re.compile(rf"\bin\s(?:any|all|each|the|this|these)\s(?:{papers})\b", re.I),
    )
