"""What of the design system's stylesheet is needed: the rules for classes that the pages use.

Rules that would load anything from another host are left out, and addresses of images are made
relative to the stylesheet's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

from jinja2 import Environment, meta

_CLASS = re.compile(r"\.((?:\\.|[\w-])+)")
_NAME = re.compile(r"nhsuk-[\w-]*-(?=[\"'{\s])|nhsuk-[\w-]*\w|js-enabled")
_NESTING = ("media", "supports", "container")
_OUTSIDE = re.compile(r"url\(\s*[\"']?(?:https?:)?//")


@dataclass(frozen=True)
class UsedClasses:
    """The classes that pages may have: whole names, and beginnings that a macro completes."""

    names: frozenset[str]
    beginnings: tuple[str, ...]

    def __contains__(self, name: str) -> bool:
        return name in self.names or name.startswith(self.beginnings)


def find_classes(texts: Iterable[str]) -> UsedClasses:
    """Find the design system's classes that are named in texts; ``nhsuk-tag--`` is a beginning."""
    found = {name for text in texts for name in _NAME.findall(text)}
    beginnings = tuple(sorted(name for name in found if name.endswith("-")))
    return UsedClasses(frozenset(found) - set(beginnings), beginnings)


def read_templates(environment: Environment) -> Iterator[str]:
    """Give the texts of our templates and of all that they import or include."""
    assert environment.loader
    ours = [name for name in environment.list_templates() if "/" not in name]
    seen: set[str] = set()
    while ours:
        name = ours.pop()
        if name not in seen:
            seen.add(name)
            text = environment.loader.get_source(environment, name)[0]
            yield text
            ours += [n for n in meta.find_referenced_templates(environment.parse(text)) if n]


def cut_styles(styles: str, used: UsedClasses) -> str:
    """Give a stylesheet without the rules that are for other classes alone."""
    rules = tinycss2.parse_stylesheet(styles, skip_comments=True, skip_whitespace=True)
    return "".join(_keep(rules, used)).replace("url(/assets/", "url(")


def _keep(rules: Iterable[Node], used: UsedClasses) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            yield _keep_selectors(rule, used)
        elif isinstance(rule, AtRule):
            yield _keep_nested(rule, used)


def _keep_selectors(rule: QualifiedRule, used: UsedClasses) -> str:
    selectors = _split(tinycss2.serialize(rule.prelude))
    kept = [each for each in selectors if all(name in used for name in _classes(each))]
    return f"{','.join(kept)}{{{tinycss2.serialize(rule.content)}}}" if kept else ""


def _keep_nested(rule: AtRule, used: UsedClasses) -> str:
    if rule.lower_at_keyword not in _NESTING or rule.content is None:
        whole = str(rule.serialize())
        return "" if _OUTSIDE.search(whole) else whole
    inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    kept = "".join(_keep(inside, used))
    return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}" if kept else ""


def _split(prelude: str) -> list[str]:
    """Split a list of selectors at its commas, not at those in brackets."""
    return [part.strip() for part in re.split(r",(?![^(]*\))", prelude)]


def _classes(selector: str) -> Iterator[str]:
    """Give the classes that a selector asks for; one that it excludes is none of them."""
    return (found[1] for found in _CLASS.finditer(re.sub(r":not\([^)]*\)", "", selector)))
