"""
Holds goldens/ to JAX: digests of the files, and every stored outcome recomputed from the stored inputs and compared. Integers and
refusals must be equal; floats agree within their bound, because JAX is not bit-stable across CPUs.
"""

from pathlib import Path

import numpy as np

from goldens import bounds, operands, storage
from goldens.cases import Case, read_family
from goldens.generate import read_manifest, versions
from goldens.jax_process import JaxProcess
from goldens.made_cases import changed_families


def check(root: Path, only: str) -> None:
    goldens = root / "goldens"
    manifest = read_manifest(goldens)
    problems = [*check_files(goldens, manifest)]
    problems += [f"{name} is not what scripts/goldens/made_cases.py writes" for name in changed_families(goldens / "cases")]
    if manifest["generator"] != versions():
        print(f"made with {manifest['generator']}, checked with {versions()}", flush=True)
    count = 0
    for path in sorted((goldens / "cases").glob(f"{only}.json")):
        family = read_family(path)
        entry = manifest["families"].get(family.name)
        if entry is None or entry["cases"] != family.digest:
            problems.append(f"{family.name}: the cases were changed after the data was made; pnpm goldens makes it anew")
            continue
        print(f"{family.name}: {len(family.cases)} cases", flush=True)
        with JaxProcess(family.x64) as jax, JaxProcess(True) as wide:
            for case in family.cases:
                count += 1
                problem = check_case(case, entry, goldens / "data", jax, wide)
                if problem:
                    problems.append(f"{family.name}/{case.key}: {problem}")
    if count == 0:
        problems.append(f"there is no family {only}")
    if problems:
        raise SystemExit("\n".join([*problems, f"{len(problems)} problems"]))
    print(f"{count} cases hold")


def check_files(goldens: Path, manifest: dict):
    for file, entry in manifest["files"].items():
        path = goldens / "data" / file
        if not path.exists():
            yield f"{file} is missing"
        elif storage.file_digest(path) != entry["sha256"]:
            yield f"{file} was changed"
    for path in (goldens / "data").iterdir():
        if path.name not in manifest["files"]:
            yield f"{path.name} is not in the manifest"


def check_case(case: Case, entry: dict, data: Path, jax: JaxProcess, wide: JaxProcess) -> str | None:
    outcome = entry["outcomes"][case.key]
    given = [
        descriptor["json"]
        if "json" in descriptor
        else operands.materialise(descriptor, lambda name: storage.from_stored(entry["arrays"][name.split("/")[1]], data))
        for descriptor in case.operands
    ]
    digests = [operands.digest(operand) if isinstance(operand, np.ndarray) else None for operand in given]
    if digests != outcome["operands"]:
        return "operands have changed"
    answer = jax.call(case.fn, given, case.args)
    if "value" in outcome:
        if "value" not in answer:
            return f"JAX has no value any more: {answer}"
        stored = storage.from_stored(outcome["value"], data)
        return bounds.mismatch(wide, case.fn, given, case.args, stored, answer["value"])
    if "values" in outcome:
        if "values" not in answer:
            return f"JAX has no values any more: {answer}"
        stored = [value and storage.from_stored(value, data) for value in outcome["values"]]
        return bounds.mismatches(wide, case.fn, given, case.args, stored, answer["values"])
    if "json" in outcome:
        return None if answer.get("json") == outcome["json"] else f"JAX returns {answer}"
    was = outcome["jax"] and outcome["jax"]["error"]
    return None if answer.get("error") == was else f"JAX raised {was}, now {answer.get('error')}"
