"""The description of the API, OpenAPI 3.1, made from its routes, parameters and shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from inspect import getdoc
from typing import Any

from flask import Flask
from msgspec.json import schema_components
from werkzeug.routing import Rule

from search_app.interface.operations import OPERATIONS, Operation
from search_app.interface.parameters import Parameter
from search_app.interface.shapes import Problem
from search_app.problems import PROBLEM, title_of

OPENAPI = "3.1.1"
DESCRIBED_AT = "/api/v1/openapi.json"

ERRORS_OF_ALL = (406, 429)
"""What any route can be answered with."""

_REFERENCE = "#/components/schemas/{name}"
_CHECK_BODY = {"text": {"type": "string"}, "sentences": {"type": "boolean", "default": False}}

Json = dict[str, Any]


def describe_api(app: Flask) -> Json:
    """Describe all that the API of an app can be asked."""
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    answers, components = _make_schemas()
    paths: Json = {}
    for operation, answer in zip(OPERATIONS, answers):
        rule, view = rules[operation.endpoint], app.view_functions[operation.endpoint]
        described = _describe(operation, getdoc(view) or "", answer)
        paths.setdefault(path_of(rule), {})[method_of(rule)] = described
    return {
        "openapi": OPENAPI,
        "info": {
            "title": "plansearch",
            "version": version("plansearch"),
            "description": "Search and question answering over health and care plans, in the"
            " documents' own words. Offsets count from 0, pages from 1.",
        },
        "paths": paths,
        "components": {"schemas": components},
    }


def path_of(rule: Rule) -> str:
    """Give the path of a route as OpenAPI writes it, such as /api/v1/documents/{document_id}."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)


def method_of(rule: Rule) -> str:
    """Give how a route of the API is asked."""
    return "post" if "POST" in (rule.methods or ()) else "get"


def _make_schemas() -> tuple[list[Json], Json]:
    """Make the schemas of all answers, and those that they refer to, by name."""
    shapes = [*(operation.answer for operation in OPERATIONS), Problem]
    answers, components = schema_components(shapes, ref_template=_REFERENCE)
    short = {name: name.split(".")[-2].capitalize() + name.split(".")[-1]
             for name in components if "." in name}  # fmt: skip
    for schema in components.values():
        _close(schema)
    named = _rename({short.get(name, name): schema for name, schema in components.items()}, short)
    return list(_rename(list(answers), short))[:-1], named


def _close(schema: Json) -> None:
    """Say that an object has all the fields that are named, and no others."""
    if "properties" not in schema:
        return
    fields = schema["properties"]
    always = {name for name, field in fields.items() if "default" in field}
    schema["required"] = sorted(always.union(schema.get("required", ())))
    schema["additionalProperties"] = False
    for field in fields.values():
        field.pop("default", None)
    if "description" in schema:
        schema["description"] = re.sub("``", "`", " ".join(schema["description"].split()))


def _rename(described: Any, short: dict[str, str]) -> Any:
    """Give references to schemas their short names."""
    if isinstance(described, list):
        return [_rename(each, short) for each in described]
    if not isinstance(described, dict):
        return described
    renamed = {key: _rename(value, short) for key, value in described.items()}
    name = str(renamed.get("$ref", "")).rpartition("/")[2]
    if name in short:
        renamed["$ref"] = _REFERENCE.format(name=short[name])
    return renamed


def _describe(operation: Operation, said: str, answer: Json) -> Json:
    summary, _, more = said.partition("\n\n")
    described: Json = {
        "operationId": operation.endpoint.replace(".", "_"),
        "summary": " ".join(summary.split()),
        "parameters": [_describe_parameter(each) for each in operation.parameters],
        "responses": {
            "200": {
                "description": "Done.",
                "content": {"application/json": {"schema": answer}},
                "headers": _HEADERS,
            },
        } | dict(_describe_errors(operation)),
    }
    if operation.text:
        described["requestBody"] = _describe_body(operation.text)
    return described


def _describe_parameter(parameter: Parameter) -> Json:
    text: Json = {"type": "integer", "minimum": 0} if parameter.number else {"type": "string"}
    known = [value for value in parameter.known if value]
    if known:
        text["examples"] = known
    says = parameter.says
    if len(known) > 1:
        says += f" One of: {', '.join(known)}; the first unless it is said."
    described: Json = {
        "name": parameter.name,
        "in": parameter.where,
        "description": says,
        "required": parameter.where == "path",
        "schema": {"type": "array", "items": text} if parameter.several else text,
    }
    if parameter.example:
        example: str | int = int(parameter.example) if parameter.number else parameter.example
        described["example"] = example
    return described


def _describe_errors(operation: Operation) -> Iterator[tuple[str, Json]]:
    for code in sorted({*operation.errors, *ERRORS_OF_ALL}):
        schema = {"$ref": _REFERENCE.format(name=Problem.__name__)}
        yield str(code), {
            "description": title_of(code),
            "content": {PROBLEM: {"schema": schema}},
        }


def _describe_body(said: str) -> Json:
    packed = {"type": "object", "properties": _CHECK_BODY, "required": ["text"]}
    return {
        "description": said,
        "required": True,
        "content": {
            "application/json": {"schema": packed},
            "text/plain": {"schema": {"type": "string", "minLength": 1}},
        },
    }


_HEADERS: Json = {
    "ETag": {
        "description": "Changes with what is held; send it back as If-None-Match. Answers to"
        " questions have none, because they depend on how busy the service is.",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {
        "description": "How many requests (q) of one address are answered in how many seconds (w).",
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": "How many are left (r), and in how many seconds none is remembered (t).",
        "schema": {"type": "string"},
    },
}
