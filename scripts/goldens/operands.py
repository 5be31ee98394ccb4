"""Operands from their descriptors: the same bytes as conformance/src/goldens/random.ts and operand.ts make."""

import hashlib

import ml_dtypes
import numpy as np

GOLDEN_RATIO = 0x9E3779B9


def dtype_of(name: str) -> np.dtype:
    return np.dtype(ml_dtypes.bfloat16) if name == "bfloat16" else np.dtype(name)


def digest(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()[:12]


def materialise(descriptor: dict, array) -> np.ndarray:
    """The operand that `descriptor` stands for; `array` looks stored arrays up."""
    if "array" in descriptor:
        stored = array(descriptor["array"])
        if list(stored.shape) != descriptor["shape"] or stored.dtype != dtype_of(descriptor["dtype"]):
            raise SystemExit(f"{descriptor['array']} is {stored.dtype}{list(stored.shape)}, a case says otherwise")
        return stored
    shape, dtype = descriptor["shape"], dtype_of(descriptor["dtype"])
    if "values" in descriptor:
        return from_values(descriptor["values"], shape, dtype)
    return random_array(shape, dtype, **descriptor["random"])


def from_values(values: list, shape: list[int], dtype: np.dtype) -> np.ndarray:
    if dtype.kind == "c":
        part = np.dtype(f"f{dtype.itemsize // 2}")
        return np.array([float(value) for value in values], part).view(dtype).reshape(shape)
    if dtype.kind in "iu":
        return np.array([int(value) for value in values], dtype).reshape(shape)
    if dtype.kind == "b":
        return np.array([bool(value) for value in values], dtype).reshape(shape)
    return narrow(np.array([float(value) for value in values], np.float64), dtype).reshape(shape)


def random_array(shape: list[int], dtype: np.dtype, seed: int, low=None, high=None) -> np.ndarray:
    count = int(np.prod(shape, dtype=np.int64))
    if dtype.kind == "b":
        return (words(count, seed) >> 31).astype(np.bool_).reshape(shape)
    if dtype.kind in "iu":
        return random_integers(count, dtype, seed, low, high).reshape(shape)
    low, high = -1 if low is None else low, 1 if high is None else high
    parts = 2 if dtype.kind == "c" else 1
    reals = np.float64(low) + (np.float64(high) - np.float64(low)) * (words(count * parts, seed) / np.float64(2**32))
    if dtype.kind == "c":
        return reals.astype(f"f{dtype.itemsize // 2}").view(dtype).reshape(shape)
    return narrow(reals, dtype).reshape(shape)


def random_integers(count: int, dtype: np.dtype, seed: int, low, high) -> np.ndarray:
    limits = np.iinfo(dtype)
    low, high = limits.min if low is None else low, limits.max if high is None else high
    if dtype.itemsize < 8:
        bits = [int(word) for word in words(count, seed)]
    else:
        pairs = words(2 * count, seed)
        bits = [int(upper) << 32 | int(lower) for lower, upper in zip(pairs[0::2], pairs[1::2])]
    return np.array([low + word % (high - low + 1) for word in bits], dtype)


def words(count: int, seed: int) -> np.ndarray:
    """lowbias32 of k + 0x9E3779B9·seed mod 2³², for k = 0, 1, …"""
    start = seed * GOLDEN_RATIO % 2**32
    x = ((np.arange(count, dtype=np.uint64) + np.uint64(start)) % np.uint64(2**32)).astype(np.uint32)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


def narrow(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Through float32, as the other side does it."""
    return values if dtype == np.float64 else values.astype(np.float32).astype(dtype)
