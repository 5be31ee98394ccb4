"""Calls to JAX: laxconv's names, lists and options object as Python's names, tuples and keyword arguments."""

import re

import jax
import jax.numpy as jnp
import jax.scipy.signal
from jax import lax


def with_pullback(function):
    """The function's result and the cotangents that its pullback makes of the third operand; None for integers."""

    def call_and_pull(lhs, rhs, cotangent, *args, **options):
        out, pullback = jax.vjp(lambda x, w: function(x, w, *args, **options), lhs, rhs)
        return [out, *(None if gradient.dtype == jax.dtypes.float0 else gradient for gradient in pullback(cotangent))]

    return call_and_pull


FUNCTIONS = {
    "lax.conv": lax.conv,
    "lax.convWithGeneralPadding": lax.conv_with_general_padding,
    "lax.convGeneralDilated": lax.conv_general_dilated,
    "lax.convDimensionNumbers": lax.conv_dimension_numbers,
    "lax.convTranspose": lax.conv_transpose,
    "lax.convGeneralDilatedPatches": lax.conv_general_dilated_patches,
    "lax.convGeneralDilatedLocal": lax.conv_general_dilated_local,
    "lax.convGeneralDilatedVjp": with_pullback(lax.conv_general_dilated),
    "lax.convTransposeVjp": with_pullback(lax.conv_transpose),
    "numpy.convolve": jnp.convolve,
    "numpy.correlate": jnp.correlate,
    "scipy.signal.convolve": jax.scipy.signal.convolve,
    "scipy.signal.correlate": jax.scipy.signal.correlate,
    "scipy.signal.convolve2d": jax.scipy.signal.convolve2d,
    "scipy.signal.correlate2d": jax.scipy.signal.correlate2d,
    "scipy.signal.fftconvolve": jax.scipy.signal.fftconvolve,
}

DIMENSION_NUMBERS = {"lhsSpec", "rhsSpec", "outSpec"}


def call(fn: str, operands: list, args: list):
    """What the call returns; exceptions are JAX's."""
    last = args[-1] if args else None
    if isinstance(last, dict) and not DIMENSION_NUMBERS & set(last):
        options = {snake_case(name): from_json(value) for name, value in last.items()}
        return FUNCTIONS[fn](*operands, *map(from_json, args[:-1]), **options)
    return FUNCTIONS[fn](*operands, *map(from_json, args))


def from_json(value):
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if isinstance(value, dict) and DIMENSION_NUMBERS <= set(value):
        return lax.ConvDimensionNumbers(*(tuple(value[name]) for name in ("lhsSpec", "rhsSpec", "outSpec")))
    return value


def to_json(value):
    """Dimension numbers as laxconv returns them."""
    if isinstance(value, lax.ConvDimensionNumbers):
        return {"lhsSpec": list(value.lhs_spec), "rhsSpec": list(value.rhs_spec), "outSpec": list(value.out_spec)}
    raise TypeError(f"no JSON form of {type(value).__name__}")


def snake_case(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: "_" + letter.group().lower(), name)
