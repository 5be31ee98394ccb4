"""
Arrays in .npy files that numpy-parser reads: rank 1, little-endian, eight descrs. Other dtypes are stored as bits (float16, bfloat16),
bytes (bool), pairs of words (64-bit integers) or interleaved (complex). One file per family and descr.
"""

import hashlib
import json
from pathlib import Path

import numpy as np

from goldens.operands import dtype_of

SMALLEST_COMPACT = 4096


class Store:
    """The arrays of one family."""

    def __init__(self, family: str):
        self._family = family
        self._parts: dict[str, list[np.ndarray]] = {}
        self._counts: dict[str, int] = {}
        self._known: dict[tuple[str, bytes], int] = {}

    def add(self, array: np.ndarray) -> dict:
        """The manifest's entry for `array`. Equal arrays are stored once."""
        entry = {"dtype": array.dtype.name, "shape": list(array.shape)}
        if array.size == 0:
            return entry
        stored = to_stored(array)
        descr = stored.dtype.str
        file = f"{self._family}.{descr[1:]}.npy"
        key = (file, hashlib.sha256(stored.tobytes()).digest())
        if key not in self._known:
            self._known[key] = self._counts.get(file, 0)
            self._parts.setdefault(file, []).append(stored)
            self._counts[file] = self._known[key] + stored.size
        return {**entry, "file": file, "offset": self._known[key]}

    def write(self, folder: Path) -> dict:
        """Writes the files; their entries in the manifest."""
        entries = {}
        for file, parts in sorted(self._parts.items()):
            elements = np.concatenate(parts)
            np.save(folder / file, elements)
            entries[file] = {"sha256": file_digest(folder / file), "descr": elements.dtype.str, "count": int(elements.size)}
        return entries


def file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def to_stored(array: np.ndarray) -> np.ndarray:
    """One of the eight descrs, flat. Large float arrays of small integers take a byte per element."""
    flat = np.ascontiguousarray(array).reshape(-1)
    kind, size = array.dtype.kind, array.dtype.itemsize
    if array.dtype.name == "bfloat16" or (kind == "f" and size == 2):
        return flat.view("<u2")
    if kind == "b":
        return flat.view("|u1")
    if kind in "iu":
        return flat.view("<u4") if size == 8 else flat
    if kind == "c":
        return flat.view(f"<f{size // 2}")
    return flat.astype("|i1") if is_compact(flat) else flat


def is_compact(flat: np.ndarray) -> bool:
    if flat.size < SMALLEST_COMPACT or not np.all(np.isfinite(flat)) or np.any(np.abs(flat) > 127):
        return False
    return np.array_equal(flat, np.rint(flat)) and not np.any(np.signbit(flat) & (flat == 0))


def from_stored(entry: dict, folder: Path) -> np.ndarray:
    """The array of a manifest's entry."""
    dtype, shape = dtype_of(entry["dtype"]), entry["shape"]
    if "file" not in entry:
        return np.zeros(shape, dtype)
    elements = np.load(folder / entry["file"], mmap_mode="r")
    count = int(np.prod(shape, dtype=np.int64))
    if elements.dtype == np.int8 and dtype.kind == "f":
        return elements[entry["offset"] : entry["offset"] + count].astype(dtype).reshape(shape)
    per_element = dtype.itemsize // elements.dtype.itemsize
    part = np.array(elements[entry["offset"] : entry["offset"] + count * per_element])
    return part.view(dtype).reshape(shape)


def write_manifest(path: Path, manifest: dict) -> None:
    """JSON with one line for each case, so that a diff shows the cases that changed."""
    path.write_text(layout(manifest, ["format", "generator", "files", "families"]) + "\n")


def layout(manifest: dict, order: list[str]) -> str:
    def line(value) -> str:
        return json.dumps(value, ensure_ascii=False)

    def lines(entries: dict, indent: str) -> str:
        if not entries:
            return "{}"
        return "{\n" + ",\n".join(f"{indent}  {line(key)}: {line(value)}" for key, value in entries.items()) + f"\n{indent}}}"

    def family(entry: dict) -> str:
        parts = [f'      {line(key)}: {lines(value, "      ") if isinstance(value, dict) else line(value)}' for key, value in entry.items()]
        return "{\n" + ",\n".join(parts) + "\n    }"

    families = ",\n".join(f"    {line(name)}: {family(entry)}" for name, entry in sorted(manifest["families"].items()))
    parts = {
        "format": line(manifest["format"]),
        "generator": lines(manifest["generator"], "  "),
        "files": lines(dict(sorted(manifest["files"].items())), "  "),
        "families": "{\n" + families + "\n  }",
    }
    return "{\n" + ",\n".join(f"  {line(key)}: {parts[key]}" for key in order) + "\n}"
