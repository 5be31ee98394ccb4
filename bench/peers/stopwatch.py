"""The stopwatch of stopwatch.mjs around JAX, SciPy and NumPy: a case's name, a peer's, and the case's sizes as JSON."""

import json
import os
import sys
import time

if hasattr(os, 'sched_setaffinity'):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-1:])
os.environ['JAX_PLATFORMS'] = 'cpu'

import numpy as np  # noqa: E402  (after the limit)

SECONDS = 2
name, peer, sizes = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])


def numbers(*shape):
    count = int(np.prod(shape))
    return (((np.arange(count) * 37) % 101) / 50 - 1).astype(np.float32).reshape(shape)


def jax_layer(rows, channels, features, taps):
    import jax

    x, w = jax.device_put(numbers(1, rows, rows, channels)), jax.device_put(numbers(taps, taps, channels, features))
    conv = jax.jit(lambda x, w: jax.lax.conv_general_dilated(x, w, (1, 1), 'SAME', dimension_numbers=('NHWC', 'HWIO', 'NHWC')))
    return lambda: conv(x, w).block_until_ready()


def jax_fft(samples, taps):
    import jax
    import jax.scipy.signal

    x, w = jax.device_put(numbers(samples)), jax.device_put(numbers(taps))
    conv = jax.jit(lambda x, w: jax.scipy.signal.fftconvolve(x, w, 'same'))
    return lambda: conv(x, w).block_until_ready()


def of_arrays(function):
    return lambda samples, taps: lambda x=numbers(samples), w=numbers(taps): function(x, w, 'same')


def scipy_function(attribute):
    import scipy.signal

    return of_arrays(getattr(scipy.signal, attribute))


STARTS = {
    'jax-1t': lambda: jax_layer,
    'jax-fft-1t': lambda: jax_fft,
    'scipy-oaconvolve-1t': lambda: scipy_function('oaconvolve'),
    'scipy-fftconvolve-1t': lambda: scipy_function('fftconvolve'),
    'scipy-convolve-1t': lambda: scipy_function('convolve'),
    'numpy-convolve-1t': lambda: of_arrays(np.convolve),
}

call = STARTS[peer]()(*sizes)
for _ in range(5):
    call()
times = []
end = time.perf_counter() + SECONDS
while time.perf_counter() < end or len(times) < 5:
    started = time.perf_counter()
    call()
    times.append(1000 * (time.perf_counter() - started))
times.sort()
print(json.dumps({'fastest': times[0], 'median': times[len(times) // 2]}))
