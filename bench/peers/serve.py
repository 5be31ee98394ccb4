"""The Python side of the peers jax, scipy and numpy: computes what the bench asks for on its standard input, and times it with its own clock.

Every message is a line of JSON, then as many bytes as it says. Arrays are float32, little-endian, in C order. See src/peers/python/.
"""

import importlib
import json
import os
import sys
import time

ON_GPU = sys.argv[1] == 'gpu'


def keep_memory_for_others():
    """JAX would take three quarters of the GPU's memory, and others compute on it in the same run."""
    os.environ['XLA_PYTHON_CLIENT_PREALLOCATE'] = 'false'


def limit_threads(threads):
    """One thread means one core: whatever pools the libraries make, they have no other to run on."""
    if hasattr(os, 'sched_setaffinity'):
        cores = sorted(os.sched_getaffinity(0))[-threads:]
        os.sched_setaffinity(0, cores)
    for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'):
        os.environ[name] = str(threads)
    os.environ['JAX_PLATFORMS'] = 'cpu'


if ON_GPU:
    keep_memory_for_others()
else:
    limit_threads(int(sys.argv[1]))

import numpy as np  # noqa: E402  (after the limits)


class Jax:
    """jax.lax.conv_general_dilated, jitted. Arrays stay where JAX has them."""

    def __init__(self, spec, weights):
        import jax

        rank = len(spec['strides'])
        space = ''.join('XYZUVW'[d] for d in range(rank))
        layout = ('N' + space + 'C', space + 'IO', 'N' + space + 'C')
        self.jax = jax
        self.weights = jax.device_put(weights)
        self.call = jax.jit(
            lambda x, w: jax.lax.conv_general_dilated(
                x,
                w,
                spec['strides'],
                spec['padding'],
                lhs_dilation=spec['lhsDilation'],
                rhs_dilation=spec['rhsDilation'],
                dimension_numbers=layout,
                feature_group_count=spec['groups'],
                # A GPU would take numbers of 10 bits, not float32's 23, unless it is told.
                precision=jax.lax.Precision.HIGHEST if ON_GPU else None,
            )
        )

    def stage(self, x):
        return self.jax.device_put(x)

    def run(self, x):
        return self.call(x, self.weights).block_until_ready()

    def run_often(self, x, calls):
        """On a GPU, which computes in order, one wait for the last, as the others there are timed."""
        for _ in range(calls):
            result = self.call(x, self.weights)
            if not ON_GPU:
                result.block_until_ready()
        result.block_until_ready()


class JaxFft(Jax):
    """jax.scipy.signal.fftconvolve, jitted."""

    def __init__(self, spec, weights):
        import jax
        import jax.scipy.signal

        self.jax = jax
        self.weights = jax.device_put(weights)
        mode, part = mode_of(spec)
        self.call = jax.jit(lambda x, w: jax.scipy.signal.fftconvolve(x, w, mode)[part])


class Signal:
    """A function of SciPy or NumPy of two arrays and a mode."""

    def __init__(self, function):
        self.function = function

    def __call__(self, spec, weights):
        return Bound(self.function, weights, *mode_of(spec))


class Bound:
    def __init__(self, function, weights, mode, part):
        self.function, self.weights, self.mode, self.part = function, weights, mode, part

    def stage(self, x):
        return x

    def run(self, x):
        return self.function(x, self.weights, self.mode)[self.part]

    def run_often(self, x, calls):
        for _ in range(calls):
            self.run(x)


def mode_of(spec):
    """The mode that gives the wanted part of the full result, or 'full' and a slice of it."""
    dims = spec['dimensions']
    for mode, part in (
        ('full', lambda d: (0, d['input'] + d['kernel'] - 1)),
        ('same', lambda d: ((d['kernel'] - 1) // 2, d['input'])),
        ('valid', lambda d: (d['kernel'] - 1, d['input'] - d['kernel'] + 1)),
    ):
        if all(d['input'] >= d['kernel'] and part(d) == (d['start'], d['size']) for d in dims):
            return mode, ...
    return 'full', tuple(slice(d['start'], d['start'] + d['size']) for d in dims)


def function_named(name):
    if name == 'jax':
        return Jax
    if name == 'jax-fft':
        return JaxFft
    module, _, attribute = name.rpartition('.')
    return Signal(getattr(importlib.import_module(module), attribute))


def gpu_of(jax):
    device = jax.devices()[0]
    if device.platform != 'gpu':
        raise RuntimeError(f'JAX has no GPU here, only {device.platform}')
    return {'device': device.device_kind}


class Server:
    def __init__(self):
        self.convolutions = {}
        self.inputs = {}

    def version(self, message, _):
        package = importlib.import_module(message['package'])
        return {'version': package.__version__, **(gpu_of(package) if ON_GPU else {})}

    def bind(self, message, data):
        weights = np.frombuffer(data, np.float32).reshape(message['shape'])
        self.convolutions[message['id']] = function_named(message['function'])(message['spec'], weights)

    def stage(self, message, data):
        convolution = self.convolutions[message['convolution']]
        x = np.frombuffer(data, np.float32).reshape(message['shape'])
        self.inputs[message['id']] = (convolution, convolution.stage(x))

    def run(self, message, _):
        convolution, x = self.inputs[message['id']]
        return {}, np.ascontiguousarray(np.asarray(convolution.run(x)), np.float32).tobytes()

    def sample(self, message, _):
        convolution, x = self.inputs[message['id']]
        started = time.perf_counter_ns()
        convolution.run_often(x, message['calls'])
        return {'ms': (time.perf_counter_ns() - started) / 1e6}

    def free(self, message, _):
        self.convolutions.pop(message['id'], None)
        self.inputs.pop(message['id'], None)


def main():
    source, target = sys.stdin.buffer, sys.stdout.buffer
    # What libraries print must not be taken for an answer.
    sys.stdout = sys.stderr
    server = Server()
    for line in source:
        message = json.loads(line)
        data = source.read(message['bytes'])
        body = b''
        try:
            answer = getattr(server, message['op'])(message, data) or {}
            if isinstance(answer, tuple):
                answer, body = answer
        except Exception as error:  # The other side says it.
            answer = {'error': f'{type(error).__name__}: {error}'}
        target.write(json.dumps({**answer, 'bytes': len(body)}).encode() + b'\n' + body)
        target.flush()


main()
