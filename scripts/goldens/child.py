"""The process that runs JAX, because XLA can abort it: one request per line on stdin, one answer per line on stdout."""

import base64
import json
import os
import sys

# Only the answers go to stdout, whatever libraries print.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

from goldens import calls, seed  # noqa: E402
from goldens.operands import dtype_of  # noqa: E402


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        answer = seed_cells(request) if "face" in request else run(request)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def run(request: dict) -> dict:
    try:
        operands = [operand["json"] if "json" in operand else jnp.asarray(decode(operand)) for operand in request["operands"]]
        result = calls.call(request["fn"], operands, request["args"])
        if isinstance(result, jax.Array):
            return {"value": encode(np.asarray(result))}
        if isinstance(result, list):
            return {"values": [None if array is None else encode(np.asarray(array)) for array in result]}
        return {"json": calls.to_json(result)}
    except Exception as error:  # the refusals that are recorded
        return {"error": python_class(error), "message": str(error)}


def seed_cells(request: dict) -> dict:
    arrays, results, printed = seed.run(request["face"])
    return {
        "arrays": {name: encode(np.asarray(array)) for name, array in arrays.items()},
        "results": {name: encode(np.asarray(array)) for name, array in results.items()},
        "printed": printed,
    }


def python_class(error: Exception) -> str:
    """The built-in class: JAX's own ones derive from it."""
    return next(base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins")


def encode(array: np.ndarray) -> dict:
    return {"dtype": array.dtype.name, "shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def decode(operand: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(operand["data"]), dtype_of(operand["dtype"])).reshape(operand["shape"])


if __name__ == "__main__":
    main()
