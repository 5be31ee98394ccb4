"""The case files, read as conformance/src/goldens/cases.ts reads them: parameters stand for their product."""

import hashlib
import itertools
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """A case with values for its parameters."""

    key: str
    fn: str
    operands: list
    args: list
    refused: str | None
    difference: dict | None


@dataclass(frozen=True)
class Family:
    name: str
    digest: str
    x64: bool
    cells: list
    cases: list[Case]


def read_family(path: Path) -> Family:
    raw = path.read_bytes()
    data = json.loads(raw)
    if data["family"] != path.stem:
        raise SystemExit(f"{path.name}: the family is called {data['family']!r}, the file must be {data['family']}.json")
    cases = [case for entry in data["cases"] if "omitted" not in entry for case in expand(entry)]
    keys = [case.key for case in cases]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise SystemExit(f"{path.name}: cases share a name: {', '.join(sorted(twice))}")
    return Family(data["family"], hashlib.sha256(raw).hexdigest(), data.get("x64", True), data.get("cells", []), cases)


def expand(entry: dict) -> list[Case]:
    params = {
        name: list(values.items()) if isinstance(values, dict) else [(label(value), value) for value in values]
        for name, values in entry.get("params", {}).items()
    }
    cases = []
    for combination in itertools.product(*params.values()):
        values = {name: value for name, (_, value) in zip(params, combination)}
        suffix = ",".join(f"{name}={text}" for name, (text, _) in zip(params, combination))
        call = substitute(entry["call"], values)
        refused = substitute(entry.get("refused"), values)
        key = entry["name"] + (f":{suffix}" if suffix else "")
        cases.append(Case(key, call["fn"], call["operands"], call["args"], refused, entry.get("difference")))
    return cases


def label(value) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def substitute(template, values: dict):
    if isinstance(template, str) and template.startswith("$"):
        name, *fields = template[1:].split(".")
        value = values[name]
        for field in fields:
            value = value[field]
        return value
    if isinstance(template, list):
        return [substitute(item, values) for item in template]
    if isinstance(template, dict):
        return {key: substitute(item, values) for key, item in template.items()}
    return template
