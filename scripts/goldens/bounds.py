"""How far two results of the same float call may be apart: the bound of docs/numerics.md, without an oracle of its own."""

import numpy as np

from goldens.jax_process import JaxProcess
from goldens.operands import dtype_of

# Of the format a result is added in; 'bfloat16' and 'float16' are added in float32.
ROUNDOFF = {"float16": 2.0**-11, "bfloat16": 2.0**-8, "float32": 2.0**-24, "float64": 2.0**-53}
SMALLEST_NORMAL = {"float16": 2.0**-24, "bfloat16": 2.0**-126, "float32": 2.0**-126, "float64": 2.0**-1022}
FACTOR = 4
TRANSFORMING = ("scipy.signal.fftconvolve",)


def mismatch(jax: JaxProcess, fn: str, operands: list, args: list, got: np.ndarray, reference: np.ndarray | None) -> str | None:
    """`mismatches` of a call with one result."""
    return mismatches(jax, fn, operands, args, [got], None if reference is None else [reference])


def mismatches(jax: JaxProcess, fn: str, operands: list, args: list, got: list, references: list | None) -> str | None:
    """
    Why `got` are not the results of the call; None when they are. Floats are held to the same call in float64 when `references` is None,
    and to those otherwise; integers, bools and float64 have no wider witness. `jax` must have 64-bit types.
    """
    if references is not None:
        for result, reference in zip(got, references, strict=True):
            if (result is None) != (reference is None):
                return "exists or not"
            if result is not None and (result.dtype != reference.dtype or result.shape != reference.shape):
                return f"is {reference.dtype}{list(reference.shape)}, was {result.dtype}{list(result.shape)}"
            if result is not None and result.dtype.kind in "biu" and not np.array_equal(result, reference):
                return "differs"
    floats = [index for index, result in enumerate(got) if result is not None and result.dtype.kind in "fc"]
    if references is None:
        floats = [index for index in floats if got[index].dtype not in (np.float64, np.complex128)]
    else:
        floats = [index for index in floats if got[index].tobytes() != references[index].tobytes()]
    if not floats:
        return None
    operands = [promoted(fn, operand, got[0], args) for operand in operands]
    exact = references if references is not None else wide_values(jax, fn, operands, args)
    magnitudes = wide_values(jax, fn, [np.asarray(np.abs(widened(operand))) for operand in operands], args)
    if exact is None or magnitudes is None:
        return "the same call in float64 fails"
    found = (compare(fn, operands, args, got[index], exact[index], np.abs(magnitudes[index])) for index in floats)
    return next((problem for problem in found if problem), None)


def compare(fn: str, operands: list, args: list, got: np.ndarray, exact: np.ndarray, magnitudes: np.ndarray) -> str | None:
    wide, out = widened(got), part_of(got.dtype)
    unit, once = accumulation_roundoff(operands, got)
    # No element adds more products than this. A kernel's gradient sums over batch and positions, so it may be longer than the kernel.
    count = (min if len(operands) == 2 else max)(operand.size for operand in operands) + 2
    if fn in TRANSFORMING or "fft" in args:
        norms = np.prod([np.linalg.norm(widened(operand).ravel()) for operand in operands])
        allowed = FACTOR * unit * np.log2(4 + sum(operand.size for operand in operands)) * norms
    else:
        allowed = FACTOR * (count * unit / (1 - count * unit) + once) * magnitudes
    allowed = allowed + 2 * ROUNDOFF[out] * np.abs(wide) + count * SMALLEST_NORMAL[out]
    with np.errstate(invalid="ignore", over="ignore"):
        same = (wide == exact) | (np.isnan(wide) & np.isnan(exact)) | (np.abs(wide - exact) <= allowed)
        # A result beyond the format's range is infinite where float64 has a number.
        largest = {"float16": 65504, "bfloat16": 3.38e38, "float32": 3.4e38, "float64": np.inf}[out]
        same |= np.isinf(np.abs(wide)) & (np.abs(exact) >= largest)
    if np.all(same):
        return None
    worst = np.unravel_index(np.argmin(same), same.shape)
    tolerance = np.broadcast_to(allowed, same.shape)[worst]
    return f"at {[int(index) for index in worst]} is {wide[worst]!r}, should be {widened(exact)[worst]!r} ± {tolerance:.3g}"


def wide_values(jax: JaxProcess, fn: str, operands: list, args: list) -> list | None:
    """The results of the call in float64 (or complex128)."""
    answer = jax.call(fn, [widened(operand) for operand in operands], widened_args(args))
    return answer.get("values", [answer["value"]] if "value" in answer else None)


def widened(array: np.ndarray) -> np.ndarray:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def promoted(fn: str, operand: np.ndarray, got: np.ndarray, args: list) -> np.ndarray:
    """numpy and scipy.signal round integers to the result's type before they add."""
    if fn.startswith("lax.") or operand.dtype.kind not in "biu" or "preferredElementType" in str(args):
        return operand
    with np.errstate(over="ignore"):
        return operand.astype(dtype_of(part_of(got.dtype)))


def widened_args(args: list) -> list:
    """Without a preferred type of its own, the result is as wide as the operands."""
    return [{key: value for key, value in arg.items() if key != "preferredElementType"} if isinstance(arg, dict) else arg for arg in args]


def part_of(dtype: np.dtype) -> str:
    """The format of a float dtype, or of a complex one's parts."""
    return {"complex64": "float32", "complex128": "float64"}.get(dtype.name, dtype.name)


def accumulation_roundoff(operands: list, got: np.ndarray) -> tuple[float, float]:
    """Of every addition, and of what is rounded once besides."""
    out = part_of(got.dtype)
    given = {part_of(operand.dtype) for operand in operands}
    unit = ROUNDOFF["float64" if out == "float64" else "float32"]
    if len(operands) == 3 and len(given) > 1:
        # A gradient is added in the cotangent's type; operands and result are cast.
        return max(ROUNDOFF["float32"], unit), max(ROUNDOFF.get(name, 0) for name in given)
    # JAX rounds operands or result to bfloat16 between the two halves, and adds complex64 in float32 whatever is preferred.
    if {out} | given == {"float16", "bfloat16"}:
        return unit, ROUNDOFF["bfloat16"]
    if got.dtype == dtype_of("complex128") and any(operand.dtype == dtype_of("complex64") for operand in operands):
        return ROUNDOFF["float32"], 0
    return unit, 0
