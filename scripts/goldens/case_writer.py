"""Case files as text: a line for what fits on one, so that they read and diff well."""

import json
from pathlib import Path

WIDTH = 140


def write_cases(path: Path, family: dict) -> None:
    path.write_text(layout(family) + "\n")


def layout(value, indent: int = 0) -> str:
    line = one_line(value)
    if not isinstance(value, (dict, list)) or len(line) + indent <= WIDTH:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        items = [f"{inner}{json.dumps(key)}: {layout(item, indent + 2)}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + "\n" + " " * indent + "}"
    items = [inner + layout(item, indent + 2) for item in value]
    return "[\n" + ",\n".join(items) + "\n" + " " * indent + "]"


def one_line(value) -> str:
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{json.dumps(key)}: {one_line(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(one_line, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
