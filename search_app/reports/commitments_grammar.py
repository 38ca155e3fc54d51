"""What makes a sentence a promise, an aim or a plan, by the grammar of English promises.

The words are in commitments.toml. What only looks like one is told apart: forecasts, necessities,
conditions, questions, what a paper says of itself, rules of law, and what somebody else is quoted
with.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

Strength = Literal["promise", "aim", "plan"]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)

NO_CUE = "no cue"


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
class _Words:
    """The words of commitments.toml, as patterns and sets."""

    cue: re.Pattern[str]
    strengths: Mapping[str, Strength]
    set: frozenset[str]
    who: Mapping[str, frozenset[str]]
    what: Mapping[str, frozenset[str]]
    some: re.Pattern[str]
    acts: re.Pattern[str]
    planned: frozenset[str]
    headings: frozenset[str]
    columns: frozenset[str]
    deadlines: frozenset[str]


@lru_cache(maxsize=1)
def read_words() -> _Words:
    """Read the words, once."""
    read = tomllib.loads(Path(__file__).with_name("commitments.toml").read_text("utf-8"))
    phrases, nouns = read["phrases"], read["nouns"]
    strengths: dict[str, Strength] = {}
    for strength in STRENGTHS:
        strengths |= dict.fromkeys([*phrases[strength], *nouns[strength]], strength)
    strengths |= dict.fromkeys(phrases["set"], "plan")
    said = [phrase for each in phrases.values() for phrase in each]
    named = "|".join(noun for strength in STRENGTHS for noun in nouns[strength])
    who = {name: frozenset(_plurals(words)) for name, words in read["who"].items()}
    return _Words(
        re.compile(
            r"\b(?P<will>will|shall|won[’']t|shan[’']t)\b|(?<=\w)[’'](?P<ll>ll)\b"
            rf"|\b(?P<phrase>{'|'.join(map(_phrase, sorted(said, key=len, reverse=True)))})\b"
            rf"|\b(?P<noun>{named})\b(?:[^.;:,\n\t]{{0,60}}?)\s(?:is|are|will\sbe)\s(?P<to>to|that|for)\b",
            re.IGNORECASE,
        ),
        strengths,
        frozenset(phrases["set"]),
        who,
        {name: frozenset(words) for name, words in read["what"].items()},
        re.compile(rf"(?:{'|'.join(read['who']['some'])})\b|(?:about\s|over\s)?\d[\d,.]*\s?%", re.I),
        re.compile(rf"(?:{'|'.join(read['lists']['acts'])})\b", re.I),
        frozenset(["be", *read["lists"]["acts"], *read["what"]["begins"]]) - {"increase", "improve"},
        *(frozenset(read["lists"][name]) for name in ("headings", "columns", "deadlines")),
    )


def _plurals(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield from (word, f"{word}s", f"{word[:-1]}ies" if word.endswith("y") else f"{word}es")


def _phrase(words: str) -> str:
    """Make a pattern of a phrase; an adverb, or what is between commas, may stand in it."""
    adverb = r"(?:\s(?:\w+ly|also|all|both|now|therefore|together|still|currently|jointly)\b)?"
    first, *others = map(re.escape, words.split())
    return first + "".join(rf"{adverb}\s{word}" for word in others)


_ADVERB = re.compile(
    r"(?:,?\s*(?:also|all|both|always|now|then|therefore|thus|each|once|again|soon|shortly|still|only"
    r"|just|ever|first|next|jointly|together|further|be\s+able\s+to|seek\s+to|aim\s+to|begin\s+to"
    r"|start\s+to|help\s+to|work\s+(?:together\s+)?to|continue\s+to|go\s+on\s+to|\w+ly|where"
    r"\s+(?:possible|appropriate|necessary)|in\s+turn|in\s+future|in\s+addition|by\s+\d{4}),?\s+)"
)
_NOT = re.compile(r"\s*(?:not(?!\s+only)|never|no\s+longer)\b", re.I)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_LISTED = re.compile(r"\s*(?:[^\w\s\"'“‘(£$€]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s?")
_BOUNDARY = re.compile(
    r"[;:()–—\t\n]|,\s|\s-\s|\b(?:that|which|who|where|when|while|whilst|because|so|but|how|what|why"
    r"|although|though|as)\b",
    re.I,
)
_RELATIVE = re.compile(r"\b(?:which|who|that)(?:\s\w+ly|\salso)?\s*$", re.I)
_AND_ON = re.compile(r"\band\s*$", re.I)
_WE = re.compile(r"\b[Ww]e\b(?:\s(?:\w+ly|also|all|both|now|then|therefore|together|each|do))*\s*$")
_EMBEDDED = re.compile(
    r"\b(?:how|what|whether|why|if|(?:about|to|decide|see|know)\s(?:which|who|where|when))\s*$", re.I
)
_WHENEVER = re.compile(r"\b(?:when|where|until|once|because|since|as)\s*$", re.I)
_EXPECTED = re.compile(r"\b(?:expected|anticipated|envisaged|hoped?)\s(?:that\s)?$", re.I)
_THOUGHT = re.compile(
    r"\b(?:fears?|feared|believe[sd]?|thinks?|thought|feels?|felt|worr(?:y|ied)|concern(?:s|ed)?"
    r"|estimate[sd]?|assum(?:e|es|ed|ption)|suggest(?:s|ed)?|predict(?:s|ed)?|project(?:s|ed|ions?)"
    r"|forecast(?:s|ing)?|likely|unlikely|possible|probable|risk|means?|shows?|evidence|implies|confident)"
    r"\s(?:that\s)?$", re.I,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|should|must|will|would|may|might)\b", re.I
)
_OF = re.compile(r"\b(?:of|for|in|across|to|with|on|from|at|within|by|between|who|that|which)\b", re.I)
_NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|this|that|these|those|our|its|their|no|any|each|action|delivery|care|business|work"
    r"|strategic|operational|improvement|implementation|recovery|development|service|clear|joint|draft"
    r"|overall|main|key|primary|year|and)\s+$"
    r"|\b(?:a|an)\s(?:[\w-]+\s){1,2}$", re.I,
)
_PRONOUN = re.compile(r"\b(?:it|they|this|these|those|that|such)\s*$", re.I)
_OPENS_PHRASE = re.compile(
    r"\s*(?:by|in|from|over|during|for|with|working|through|as|including|where|to|at|on|within|under"
    r"|across|following|throughout|alongside|after|together|using|via)\b", re.I,
)
_STARTS_NAME = re.compile(r"\b(?:the|our|this|these|each|every|all|a|an|their|its|we)\b|\b[A-Z]")
_CONDITION = re.compile(
    r"\b(?:unless|provided\s+(?:that|we|there)|providing\s+that|depending\s+on|dependent\s+(?:up)?on"
    r"|subject\s+to|in\s+the\s+event)\b"
    r"|(?<!as\s)(?<!see\s)(?<!assess\s)(?<!determine\s)(?<!decide\s)(?<!check\s)(?<!ask\s)"
    r"(?<!know\s)(?<!even\s)(?<!review\s)(?<!identify\s)(?<!understand\s)(?<!test\s)\bif\b"
    r"(?!\s(?:any|appropriate|needed|necessary|possible|required|not|so|it\sis\snot)\b)"
    r"|^\W*(?:should|were|had)\s",
    re.I,
)
_ASKS = re.compile(
    r"\?\W*$|^\W*(?:\d+[.)]\s*)?(?:how|what|why|when|where|who|which|whether)\s(?:will|shall)\b", re.I
)
_ONE_PERSON = re.compile(r"\b(?:I|I['’]m|I['’]ll|my|me|myself)\b")
_SPEAKS = re.compile(
    r"\b(?:said|says|told|commented|comments|respondents?|participants?|interviewees?|remarked"
    r"|quoted)\b", re.I,
)
_THIS_PAPER = r"\b(?:this|following|next|last|final|present|current|above|below)\s(?:\w+\s)?(?:{})\b"
_HERE = re.compile(
    r"\b(?:below|in\sturn|case\sstud(?:y|ies)|here|sections?|chapters?|appendix|annex|slides?)\b", re.I
)
_COUNTED = re.compile(r"\b(?:million|thousand|\d{1,3},\d{3}|\d{3,}|one in|in every)\s(?!CCG)", re.I)
_BY_DATE = re.compile(r"\b(?:by|from|in|during)\s(?:\w+\s){0,4}(?:19|20)\d\d\b", re.I)
_ACTED_ON = re.compile(r"\s+(?:the|our|its|their|a|an|this|these|all|each|access|support|\w+ing\b)", re.I)


def find_cue(text: str, quoted: bool = False) -> Cue | str:
    """Find what makes a sentence a commitment; else say what it is, in a word or two.

    ``quoted``: it begins within quotation marks that an earlier sentence opens.
    """
    words = read_words()
    said = NO_CUE
    for match in words.cue.finditer(text):
        found = _reject(text, match, quoted) or _judge(text, match, words)
        if isinstance(found, Cue):
            return found
        said = found if said == NO_CUE else said
    return said


def _reject(text: str, match: re.Match[str], quoted: bool) -> str:
    if _ASKS.search(text):
        return "question"
    if _CONDITION.search(text):
        return "condition"
    before = text[:match.start()]
    opened = before.count("“") - before.count("”")
    inside = quoted or opened > 0 or before.count('"') % 2 == 1
    if _ONE_PERSON.search(text) or inside and (quoted or _WE.search(before) or _SPEAKS.search(text)):
        return "somebody’s words"
    return ""


def _judge(text: str, match: re.Match[str], words: _Words) -> Cue | str:
    subject = _find_subject(text, match.start())
    name = text[slice(*subject)]
    clause = text[:subject[0]]
    if _EMBEDDED.search(clause) or _EMBEDDED.search(text[:match.start()]):
        return "question"
    if _THOUGHT.search(clause):
        return "forecast"
    if match["noun"]:
        return _judge_noun(text, match, words, subject)
    if match["phrase"]:
        return _judge_phrase(text, match, words, subject)
    if match["ll"]:
        subject = subject[0], match.start()
    kind = _tell_subject(text, name, match.start(), words)
    clause = text[:subject[0]]
    if kind != "we" and _WHENEVER.search(clause):
        return "effect"
    if kind in ("pronoun", "people", "amount") and _EXPECTED.search(clause):
        return "forecast"
    if kind in ("somebody else", "rule", "paper") and not _is_renewed(text, match.end(), words):
        return kind
    return _judge_will(text, match, words, kind, subject)


def _is_renewed(text: str, at: int, words: _Words) -> bool:
    said = _take(text, at, 3)
    return said[:1] == ["be"] and bool({*said[1:]} & words.what["renewed"])


def _judge_noun(
    text: str, match: re.Match[str], words: _Words, subject: tuple[int, int]
) -> Cue | str:
    """Judge "our aim is to …", which needs nobody else to act."""
    if _is_paper(text, words):
        return "paper"
    before = text[subject[0]:match.start()]
    if re.search(r"\b(?:this|that|which|national|whose)\s*$", before, re.I) and match["to"] == "for":
        return "forecast"
    strength = words.strengths[match["noun"].lower()]
    return Cue(strength, match.start("noun"), match.end(), subject)


def _judge_phrase(
    text: str, match: re.Match[str], words: _Words, subject: tuple[int, int]
) -> Cue | str:
    kept = " ".join(re.sub(r"\b\w+ly\b", " ", match["phrase"].lower()).split())
    strength = words.strengths.get(kept) or next(
        (strength for phrase, strength in words.strengths.items()
         if {*phrase.split()} <= {*kept.split()}), "plan")  # fmt: skip
    name = text[slice(*subject)]
    before = text[:match.start()]
    verb = _take(text, match.end(), 2)
    if kept not in words.set:
        kind = _tell_subject(text, name, match.start(), words)
        listed = not name.strip() and not _LISTED.sub("", before, count=1).strip()
        wishes = kept.split()[0] in ("want", "wants", "hope", "hopes", "seek", "seeks")
        if not listed and kind not in ("we", "actor", "carried", *(() if wishes else ("pronoun",))):
            return kind if kind in ("somebody else", "rule", "paper") else "no one who acts"
        if kept.split()[0] in words.strengths and kind != "we" and _NOUN_BEFORE.search(before):
            return "no one who acts"
    elif kept.endswith("to") and not {*verb[:1]} & words.planned or _amount(name, words):
        return "forecast"
    if _is_paper(text, words):
        return "paper"
    if re.search(r"(?:\bnot|n[’']t|\bto|\bwould|\bmight|\bmay|\bcould|\bhad|\bwere|\bwas)\s+$",
                 text[:match.start()], re.I):  # fmt: skip
        return "not said so"
    if {*verb[:1]} & words.what["tells"] or verb == ["set", "out"]:
        return "paper"
    return Cue(strength, match.start(), match.end(), subject)


def _judge_will(
    text: str, match: re.Match[str], words: _Words, kind: str, subject: tuple[int, int]
) -> Cue | str:
    negation = _NOT.match(text, match.end())
    negated = bool(negation) or match.group().lower().endswith(("n’t", "n't"))
    at = negation.end() if negation else match.end()
    start = _skip_adverbs(text, at)
    found = _WORD.match(text, start)
    cue = Cue("promise", match.start(), match.end(), subject, negated)
    if not found:
        leads = text.rstrip().endswith((":", "…", "...", "will", "-", "–"))
        return cue if leads and kind in ("we", "actor", "carried", "thing", "people") else NO_CUE
    verb = found.group().lower()
    if verb == "be":
        said = _judge_be(text, found.end(), words, kind, negated)
    elif kind == "there":
        said = NO_CUE
    else:
        said = _judge_act(text, found, words, kind, negated)
    return said or cue


def _judge_be(text: str, at: int, words: _Words, kind: str, negated: bool) -> str:
    """Judge "will be …"; empty where it promises."""
    if kind == "there":
        said = _take(text, at, 7)
        return "" if {*said[:1]} & words.what["new"] and not {*said} & words.what["burdens"] else "forecast"
    found = _WORD.match(text, _skip_adverbs(text, at))
    state = found.group().lower() if found else ""
    if state == "able" and negated:
        return "forecast"
    if state in words.what["befallen"]:
        return "forecast"
    if state.endswith("ed") or state in words.what["done"]:
        if kind == "relative" and not _BY_DATE.search(text):
            return "effect"
        is_told = _has_stem(state, words.what["tells"]) or state == "shown"
        is_told |= _has_stem(state, words.what["tells_here"]) and bool(_HERE.search(text))
        return "paper" if is_told and kind != "we" else ""
    if state.endswith("ing"):
        stem = state.removesuffix("ing")
        begins = any(each.startswith(stem) for each in words.what["begins"])
        return "" if kind in ("we", "actor", "carried") or begins and kind == "thing" else "forecast"
    if state in words.what["ready"]:
        return "forecast" if kind == "pronoun" and state in ("in", "under") else ""
    if kind == "we" or kind in ("actor", "carried", "thing") and _BY_DATE.search(text):
        return ""
    return "forecast"


def _has_stem(participle: str, verbs: frozenset[str]) -> bool:
    return bool({participle, participle.removesuffix("d"), participle.removesuffix("ed")} & verbs)


def _judge_act(
    text: str, found: re.Match[str], words: _Words, kind: str, negated: bool
) -> str:
    """Judge "will …" with a verb; empty where it promises."""
    verb, what = found.group().lower(), words.what
    if verb in what["befalls"] or verb == "have" and re.match(r"\s+to\b", text[found.end():]):
        return "forecast"
    if verb in what["tells"] and kind != "people" or re.match(r"set\s+out\b", text[found.start():]):
        return "paper"
    if verb in what["tells_here"] and (_is_paper(text, words) or _HERE.search(text)):
        return "paper"
    acted_on = _ACTED_ON.match(text, found.end())
    if verb in what["moves"] and kind != "we" and not (kind in ("actor", "carried") and acted_on):
        return "forecast"
    if kind in ("we", "actor"):
        return "forecast" if kind == "actor" and verb == "have" and not acted_on else ""
    if kind == "carried":
        return "effect" if verb in what["mere_effects"] else ""
    if kind == "people":
        said = {*_take(text, found.end(), 5)}
        if verb == "have" and not acted_on:
            return "forecast"
        return "" if verb in words.who["got"] and not said & what["burdens"] else "forecast"
    if kind == "thing" and verb in what["begins"] and not negated:
        return ""
    return "effect" if verb in what["effects"] else "forecast"


def _skip_adverbs(text: str, at: int) -> int:
    at += len(text[at:]) - len(text[at:].lstrip(" ,"))
    while found := _ADVERB.match(text, at):
        at = found.end()
    return at


def _take(text: str, at: int, most: int) -> list[str]:
    """Take some words from an offset on, in small letters."""
    return [word.lower() for word in _WORD.findall(text[at:at + 15 * most])[:most]]


def _find_subject(text: str, end: int) -> tuple[int, int]:
    """Find who or what stands before a verb, back to where its clause begins."""
    end = len(text[:end].rstrip(" ,"))
    closing = re.search(r"\s*\([^()]*\)$", text[:end])
    limit = closing.start() if closing else end
    cuts = [match.end() for match in _BOUNDARY.finditer(text, 0, limit)]
    listed = _LISTED.match(text)
    starts = [listed.end() if listed else 0, *cuts]
    start = starts.pop()
    while starts and (_OPENS_PHRASE.match(text, start) or not text[start:limit].strip()):
        name = _STARTS_NAME.search(text, start, limit)
        if name and not _is_bare(text[start:name.start()]):
            start = name.start()
            break
        start = starts.pop()
    name = _STARTS_NAME.search(text, start, limit) if _OPENS_PHRASE.match(text, start) else None
    start = name.start() if name else start
    start += len(text[start:end]) - len(text[start:end].lstrip())
    finite = _FINITE.search(text, start, end)
    end = len(text[:finite.start()].rstrip()) if finite and finite.start() > start else end
    return min(start, end), end


def _is_bare(text: str) -> bool:
    """Whether a preposition alone stands there, so that the name after it is governed by it."""
    return len(text.split()) < 2


def _tell_subject(text: str, name: str, cue: int, words: _Words) -> str:
    """Say what kind of subject it is: we, actor, people, thing, pronoun, there or none that is
    meant."""
    said = [word.lower() for word in _WORD.findall(name)]
    if _WE.search(name):
        return "we"
    between = text[:cue].removesuffix(" ")
    if _RELATIVE.search(between) or said and _FINITE.fullmatch(said[0]):
        return "relative"
    if not said:
        return "none"
    if said[-1] in words.who["never"] or {"you", "your", "my"} & {*said}:
        return "somebody else"
    if "there" in (said[0], said[-1]):
        return "there"
    if _PRONOUN.search(name):
        return "pronoun"
    head = _OF.split(name.strip(), maxsplit=1)[0]
    bare = [word.lower() for word in _WORD.findall(head)]
    if not {*bare} - {"all", "both", "each", "one", "some", "most", "many"}:
        head, bare = name, said
    if bare[-1] in words.who["amounts"]:
        return "amount"
    return _tell_head(name, head, bare, words)


def _tell_head(name: str, head: str, bare: Sequence[str], words: _Words) -> str:
    """Say what kind of subject a name is, by the last word of its head that is known."""
    who = words.who
    kinds = {"rules": "rule", "papers": "paper", "carried": "carried", "acts": "actor",
             "people": "people"}  # fmt: skip
    known = next((kinds[kind] for word in reversed(bare) for kind in kinds if word in who[kind]), "")
    if words.some.match(name.strip()) or known == "people" and _COUNTED.search(name):
        return "amount"
    if bare[0].endswith("ing") and known != "people":
        return "thing"
    if not known and re.search(r"\b[A-Z][A-Z&]{1,7}s?$", head.strip()):
        return "actor"
    return known or "thing"


def _amount(name: str, words: _Words) -> bool:
    """Tell whether it is an amount that acts: the last word before "of" or "for", or the last."""
    head = re.split(r"\b(?:of|for|in|on|to|from|at)\b", name, maxsplit=1)[0]
    said = [word.lower() for word in _WORD.findall(head)]
    return bool(said) and said[-1] in words.who["amounts"]


@lru_cache(maxsize=1)
def _paper_pattern() -> re.Pattern[str]:
    return re.compile(_THIS_PAPER.format("|".join(sorted(read_words().who["papers"]))), re.I)


def _is_paper(text: str, words: _Words) -> bool:
    return bool(_paper_pattern().search(text))
