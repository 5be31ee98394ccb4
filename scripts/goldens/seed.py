"""
The code cells of the notebook "Generalized convolutions in JAX" (JAX authors, Apache-2.0), pictures left out. Each cell's operands are
kept, so that the calls in goldens/cases/seed.json start from the same numbers, and what it prints.
"""

import contextlib
import io

import jax.numpy as jnp
import jax.scipy as jsp
import numpy as np
from jax import lax, random


class Notebook:
    """What the cells share: variables, and what is kept of them."""

    def __init__(self, face: np.ndarray):
        self.face = face
        self.arrays = {}
        self.results = {}

    def keep(self, **arrays) -> None:
        self.arrays.update({name.replace("_", "-"): array for name, array in arrays.items()})


def run(face_path: str):
    """Operands by name, results by cell, and printed lines by cell."""
    face = np.fromfile(face_path, np.uint8).reshape(768, 1024, 3)
    notebook = Notebook(face)
    printed = {}
    for name, cell in CELLS.items():
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            result = cell(notebook)
        if result is not None:
            notebook.results[name] = result
        printed[name] = output.getvalue().splitlines()
    return notebook.arrays, notebook.results, printed


def smoothing(nb: Notebook):
    key = random.key(1701)
    x = jnp.linspace(0, 10, 500)
    y = jnp.sin(x) + 0.2 * random.normal(key, shape=(500,))
    window = jnp.ones(10) / 10
    y_smooth = jnp.convolve(y, window, mode="same")
    nb.keep(noisy_sine=y, box=window)
    return y_smooth


def denoising(nb: Notebook):
    image = jnp.array(nb.face.mean(-1))
    key = random.key(1701)
    noisy_image = image + 50 * random.normal(key, image.shape)
    x = jnp.linspace(-3, 3, 7)
    window = jsp.stats.norm.pdf(x) * jsp.stats.norm.pdf(x[:, None])
    smooth_image = jsp.signal.convolve(noisy_image, window, mode="same")
    nb.keep(face=nb.face, noisy_face=noisy_image, gaussian=window)
    return smooth_image


def edge_kernel(nb: Notebook):
    # 2D kernel - HWIO layout
    kernel = jnp.zeros((3, 3, 3, 3), dtype=jnp.float32)
    kernel += jnp.array([[1, 1, 0], [1, 0, -1], [0, -1, -1]])[:, :, jnp.newaxis, jnp.newaxis]
    print("Edge Conv kernel:")
    nb.kernel = kernel
    nb.keep(edge_kernel=kernel)


def image(nb: Notebook):
    # NHWC layout
    img = jnp.zeros((1, 200, 198, 3), dtype=jnp.float32)
    for k in range(3):
        x = 30 + 60 * k
        y = 20 + 60 * k
        img = img.at[0, x : x + 10, y : y + 10, k].set(1.0)
    print("Original Image:")
    nb.img = img
    nb.keep(squares=img)


def conv(nb: Notebook):
    lhs = jnp.transpose(nb.img, [0, 3, 1, 2])
    rhs = jnp.transpose(nb.kernel, [3, 2, 0, 1])
    out = lax.conv(lhs, rhs, (1, 1), "SAME")
    print("out shape: ", out.shape)
    print("First output channel:")
    nb.keep(squares_nchw=lhs, edge_kernel_oihw=rhs)
    return out


def conv_with_general_padding(nb: Notebook):
    rhs = jnp.transpose(nb.kernel, [2, 3, 0, 1])
    out = lax.conv_with_general_padding(jnp.transpose(nb.img, [0, 3, 1, 2]), rhs, (1, 1), ((2, 2), (2, 2)), (1, 1), (1, 1))
    print("out shape: ", out.shape)
    print("First output channel:")
    nb.keep(edge_kernel_iohw=rhs)
    return out


def dimension_numbers(nb: Notebook):
    nb.dn = lax.conv_dimension_numbers(nb.img.shape, nb.kernel.shape, ("NHWC", "HWIO", "NHWC"))
    print(nb.dn)


def same(nb: Notebook):
    out = lax.conv_general_dilated(nb.img, nb.kernel, (1, 1), "SAME", (1, 1), (1, 1), nb.dn)
    print("out shape: ", out.shape)
    print("First output channel:")
    return out


def valid(nb: Notebook):
    out = lax.conv_general_dilated(nb.img, nb.kernel, (1, 1), "VALID", (1, 1), (1, 1), nb.dn)
    print("out shape: ", out.shape, "DIFFERENT from above!")
    print("First output channel:")
    return out


def stride(nb: Notebook):
    out = lax.conv_general_dilated(nb.img, nb.kernel, (2, 2), "SAME", (1, 1), (1, 1), nb.dn)
    print("out shape: ", out.shape, " <-- half the size of above")
    print("First output channel:")
    return out


def atrous(nb: Notebook):
    out = lax.conv_general_dilated(nb.img, nb.kernel, (1, 1), "VALID", (1, 1), (12, 12), nb.dn)
    print("out shape: ", out.shape)
    print("First output channel:")
    return out


def lhs_dilation(nb: Notebook):
    out = lax.conv_general_dilated(nb.img, nb.kernel, (1, 1), ((0, 0), (0, 0)), (2, 2), (1, 1), nb.dn)
    print("out shape: ", out.shape, "<-- larger than original!")
    print("First output channel:")
    return out


def transposed(nb: Notebook):
    # rotate kernel 180deg:
    kernel_rot = jnp.rot90(jnp.rot90(nb.kernel, axes=(0, 1)), axes=(0, 1))
    # need a custom output padding:
    padding = ((2, 1), (2, 1))
    out = lax.conv_general_dilated(nb.img, kernel_rot, (1, 1), padding, (2, 2), (1, 1), nb.dn)
    print("out shape: ", out.shape, "<-- transposed_conv")
    print("First output channel:")
    nb.keep(edge_kernel_rotated=kernel_rot)
    return out


def one_dimensional(nb: Notebook):
    # 1D kernel - WIO layout
    kernel = jnp.array([[[1, 0, -1], [-1, 0, 1]], [[1, 1, 1], [-1, -1, -1]]], dtype=jnp.float32).transpose([2, 1, 0])
    # 1D data - NWC layout
    data = np.zeros((1, 200, 2), dtype=jnp.float32)
    for i in range(2):
        for k in range(2):
            x = 35 * i + 30 + 60 * k
            data[0, x : x + 30, k] = 1.0
    print("in shapes:", data.shape, kernel.shape)
    dn = lax.conv_dimension_numbers(data.shape, kernel.shape, ("NWC", "WIO", "NWC"))
    print(dn)
    out = lax.conv_general_dilated(data, kernel, (1,), "SAME", (1,), (1,), dn)
    print("out shape: ", out.shape)
    nb.keep(steps=data, steps_kernel=kernel)
    return out


def three_dimensional(nb: Notebook):
    # Random 3D kernel - HWDIO layout
    kernel = jnp.array(
        [
            [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
            [[0, -1, 0], [-1, 0, -1], [0, -1, 0]],
            [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
        ],
        dtype=jnp.float32,
    )[:, :, :, jnp.newaxis, jnp.newaxis]
    # 3D data - NHWDC layout
    data = jnp.zeros((1, 30, 30, 30, 1), dtype=jnp.float32)
    x, y, z = np.mgrid[0:1:30j, 0:1:30j, 0:1:30j]
    data += (jnp.sin(2 * x * jnp.pi) * jnp.cos(2 * y * jnp.pi) * jnp.cos(2 * z * jnp.pi))[None, :, :, :, None]
    print("in shapes:", data.shape, kernel.shape)
    dn = lax.conv_dimension_numbers(data.shape, kernel.shape, ("NHWDC", "HWDIO", "NHWDC"))
    print(dn)
    out = lax.conv_general_dilated(data, kernel, (1, 1, 1), "SAME", (1, 1, 1), (1, 1, 1), dn)
    print("out shape: ", out.shape)
    nb.keep(waves=data, cross_kernel=kernel)
    return out


CELLS = {
    "01-smoothing": smoothing,
    "02-denoising": denoising,
    "03-edge-kernel": edge_kernel,
    "04-image": image,
    "05-conv": conv,
    "06-conv-with-general-padding": conv_with_general_padding,
    "07-dimension-numbers": dimension_numbers,
    "08-same": same,
    "09-valid": valid,
    "10-stride": stride,
    "11-atrous": atrous,
    "12-lhs-dilation": lhs_dilation,
    "13-transposed": transposed,
    "14-one-dimensional": one_dimensional,
    "15-three-dimensional": three_dimensional,
}
