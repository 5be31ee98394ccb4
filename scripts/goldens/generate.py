"""Runs every case of goldens/cases with JAX and writes goldens/data and goldens/manifest.json."""

import importlib.metadata
import json
import platform
from pathlib import Path

import numpy as np

from goldens import bounds, face, operands, storage
from goldens.cases import Case, Family, read_family
from goldens.jax_process import JaxProcess, decode
from goldens.made_cases import write_made_families
from goldens.rules import Rules, first_lines

VERSIONED = ("jax", "jaxlib", "numpy", "ml_dtypes", "scipy")


def versions() -> dict[str, str]:
    return {**{name: importlib.metadata.version(name) for name in VERSIONED}, "python": platform.python_version()}


def generate(root: Path, classes: dict[str, str], cache: Path, everything: bool) -> None:
    goldens = root / "goldens"
    write_made_families(goldens / "cases")
    rules = Rules(classes, goldens / "messages.json")
    families = [read_family(path) for path in sorted((goldens / "cases").glob("*.json"))]
    old = read_manifest(goldens)
    manifest = {"format": 1, "generator": versions(), "files": {}, "families": {}}
    if any(old["generator"].get(name) != manifest["generator"][name] for name in VERSIONED):
        everything = True
    problems = []
    (goldens / "data").mkdir(exist_ok=True)
    for family in families:
        kept = old["families"].get(family.name)
        if kept and kept["cases"] == family.digest and not everything:
            manifest["families"][family.name] = kept
            manifest["files"].update({file: entry for file, entry in old["files"].items() if file.split(".")[0] == family.name})
            continue
        print(f"{family.name}: {len(family.cases)} cases", flush=True)
        generation = Generation(family, rules, cache)
        entry, found = generation.run()
        if found:
            # Without its entry nothing of this family is used, and the loader says so.
            problems += [f"{family.name}/{problem}" for problem in found]
            continue
        manifest["families"][family.name] = entry
        manifest["files"].update(generation.store.write(goldens / "data"))
    for path in (goldens / "data").glob("*.npy"):
        if path.name not in manifest["files"]:
            path.unlink()
    storage.write_manifest(goldens / "manifest.json", manifest)
    if problems:
        raise SystemExit("\n".join([*problems, f"{len(problems)} cases are not as they should be; their families were left out"]))
    print(f"{sum(len(entry['outcomes']) for entry in manifest['families'].values())} cases in {len(manifest['families'])} families")


def read_manifest(goldens: Path) -> dict:
    path = goldens / "manifest.json"
    return json.loads(path.read_text()) if path.exists() else {"generator": {}, "families": {}, "files": {}}


class Generation:
    """The outcomes of one family."""

    def __init__(self, family: Family, rules: Rules, cache: Path):
        self._family = family
        self._rules = rules
        self._cache = cache
        self.store = storage.Store(family.name)
        self._arrays: dict[str, np.ndarray] = {}
        self._results: dict[str, np.ndarray] = {}

    def run(self) -> tuple[dict, list[str]]:
        """The family's entry in the manifest, and what is wrong with it."""
        outcomes, problems, printed = {}, [], {}
        with JaxProcess(self._family.x64) as jax, JaxProcess(True) as wide:
            if self._family.cells:
                printed = self._notebook(jax)
            arrays = {name: self.store.add(array) for name, array in self._arrays.items()}
            for case in self._family.cases:
                outcome, problem = self._outcome(case, jax, wide)
                if problem:
                    problems.append(f"{case.key}: {problem}")
                outcomes[case.key] = outcome
        entry = {"cases": self._family.digest, "x64": self._family.x64, "arrays": arrays, "printed": printed, "outcomes": outcomes}
        return entry, problems

    def _notebook(self, jax: JaxProcess) -> dict:
        answer = jax.request({"face": str(face.face_file(self._cache))})
        self._arrays = {name: decode(array) for name, array in answer["arrays"].items()}
        self._results = {name: decode(array) for name, array in answer["results"].items()}
        return answer["printed"]

    def _outcome(self, case: Case, jax: JaxProcess, wide: JaxProcess) -> tuple[dict, str | None]:
        given = [self._operand(descriptor) for descriptor in case.operands]
        digests = [operands.digest(operand) if isinstance(operand, np.ndarray) else None for operand in given]
        answer = jax.call(case.fn, given, case.args)
        if "aborted" in answer:
            return {}, "JAX aborts the process; mark the case omitted, with the reason"
        if case.refused is not None:
            return self._refusal(case, digests, answer)
        if "error" in answer:
            return {}, f"JAX raises {answer['error']}: {first_lines(answer['message'])}"
        if case.difference:
            return {}, "a difference belongs to a call that laxconv refuses"
        if "json" in answer:
            return {"operands": digests, "json": answer["json"]}, None
        if "values" in answer:
            problem = bounds.mismatches(wide, case.fn, given, case.args, answer["values"], None)
            stored = [value if value is None else self.store.add(value) for value in answer["values"]]
            return {"operands": digests, "values": stored}, problem and f"JAX's value {problem}"
        value = answer["value"]
        cell = self._results.get(case.key)
        if cell is not None and not np.array_equal(cell, value):
            return {}, "is not what the cell of the notebook computes"
        problem = bounds.mismatch(wide, case.fn, given, case.args, value, None)
        return {"operands": digests, "value": self.store.add(value)}, problem and f"JAX's value {problem}"

    def _operand(self, descriptor: dict):
        if "json" in descriptor:
            return descriptor["json"]
        return operands.materialise(descriptor, lambda name: self._arrays[name.split("/")[1]])

    def _refusal(self, case: Case, digests: list, answer: dict) -> tuple[dict, str | None]:
        if "error" not in answer:
            accepted = case.difference and case.difference["jax"] == "accepts"
            return {"operands": digests, "refused": case.refused, "jax": None}, None if accepted else "JAX accepts it"
        problem = self._rules.problem(case.refused, answer["error"], answer["message"], case.difference)
        jax = {"error": answer["error"], "message": first_lines(answer["message"])}
        return {"operands": digests, "refused": case.refused, "jax": jax}, problem
