"""
The families that a program writes: grids (pairs of parameters, among them those of JAX's own tests) and random calls. Seeds are fixed,
so the files are always the same; `pnpm goldens` writes them and `pnpm goldens:check` compares.
"""

from pathlib import Path

from goldens.case_writer import layout
from goldens.grids import grid_families
from goldens.random_calls import random_families


def made_families() -> dict[str, str]:
    """The text of each case file by its name."""
    return {f"{family['family']}.json": layout(family) + "\n" for family in [*grid_families(), *random_families()]}


def write_made_families(cases: Path) -> None:
    for name, text in made_families().items():
        if not (cases / name).exists() or (cases / name).read_text() != text:
            (cases / name).write_text(text)


def changed_families(cases: Path) -> list[str]:
    """Files that are not as the program writes them."""
    return [name for name, text in made_families().items() if not (cases / name).exists() or (cases / name).read_text() != text]
