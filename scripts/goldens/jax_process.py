"""Runs calls in a child process and starts another one when XLA has aborted it."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from goldens.operands import dtype_of

SCRIPTS = Path(__file__).resolve().parent.parent


class JaxProcess:
    """JAX with or without 64-bit types. Use as a context manager."""

    def __init__(self, x64: bool):
        self._env = {
            **os.environ,
            "JAX_ENABLE_X64": "1" if x64 else "0",
            "JAX_PLATFORMS": "cpu",
            "PYTHONPATH": str(SCRIPTS),
            "TF_CPP_MIN_LOG_LEVEL": "3",
        }
        self._child: subprocess.Popen | None = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._child is not None:
            self._child.stdin.close()
            self._child.wait()

    def request(self, request: dict) -> dict:
        """The answer; `{'aborted': True}` when the process died of it."""
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "goldens.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._env, text=True
            )
        self._child.stdin.write(json.dumps(request) + "\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        if line == "":
            self._child.wait()
            self._child = None
            return {"aborted": True}
        return json.loads(line)

    def call(self, fn: str, operands: list, args: list) -> dict:
        """
        Arrays and JSON values in; out `{'value': array}`, `{'values': [array or None, …]}`, `{'json': …}`,
        `{'error': class, 'message': …}` or `{'aborted': True}`.
        """
        encoded = [encode(operand) if isinstance(operand, np.ndarray) else {"json": operand} for operand in operands]
        answer = self.request({"fn": fn, "operands": encoded, "args": args})
        if "value" in answer:
            return {"value": decode(answer["value"])}
        if "values" in answer:
            return {"values": [array and decode(array) for array in answer["values"]]}
        return answer


def encode(array: np.ndarray) -> dict:
    return {"dtype": array.dtype.name, "shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def decode(answer: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(answer["data"]), dtype_of(answer["dtype"])).reshape(answer["shape"])
