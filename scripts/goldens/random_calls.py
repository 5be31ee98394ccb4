"""Random calls with fixed seeds: ranks, layouts, groups, strides, dilations, cropping and dtypes all at once."""

import random

from goldens.grids import row_case
from goldens.shapes import SPATIAL, dilated, output_size, physical, same_pads, transpose_pads

REAL = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "bfloat16", "float32", "float64"]
COMPLEX = ["complex64", "complex128"]
INEXACT = ["float16", "bfloat16", "float32", "float64", *COMPLEX]
WIDER = {
    "bool": ["int8", "int32", "float32", "complex64"],
    "int8": ["int16", "int64", "float32", "float64"],
    "int16": ["int32", "float32"],
    "uint8": ["uint32", "int16", "float64"],
    "uint16": ["int32", "uint64"],
    "float16": ["float32", "float64"],
    "bfloat16": ["float32", "float64"],
    "float32": ["float64"],
    "complex64": ["complex64"],
}


class CallMaker:
    """Makes up the arguments of one convolution after another."""

    def __init__(self, seed: int):
        self.rng = random.Random(seed)

    def letters(self, rank: int, named: str) -> str:
        letters = list(SPATIAL[:rank] + named)
        self.rng.shuffle(letters)
        return "".join(letters)

    def layouts(self, rank: int) -> list[str]:
        return [self.letters(rank, named) for named in ("NC", "OI", "NC")]

    def pads(self, size: int, cropping: bool) -> list[int]:
        """A pair that leaves at least nothing of `size` elements."""
        low = self.rng.randint(-min(2, size), 3) if cropping else self.rng.randint(0, 3)
        high = self.rng.randint(-min(2, size + min(low, 0)), 3) if cropping else self.rng.randint(0, 3)
        return [low, high]

    def convolution(self, dtypes: list[str], largest_rank: int = 4) -> dict:
        """Shapes and arguments of conv_general_dilated."""
        rng = self.rng
        rank = rng.choices(range(largest_rank + 1), [1, 5, 6, 2, 1][: largest_rank + 1])[0]
        groups = rng.choice([(1, 1), (1, 1), (2, 1), (3, 1), (1, 2), (1, 3)])
        layouts = self.layouts(rank)
        spatial = layouts[1].translate(str.maketrans("", "", "OI"))
        largest = {0: 1, 1: 11, 2: 7, 3: 5, 4: 4}[rank]
        sizes = {letter: rng.randint(1, largest) for letter in spatial}
        kernel = {letter: rng.randint(1, min(4, largest)) for letter in spatial}
        sizes["N"], sizes["C"] = rng.randint(1, 3) * groups[1], rng.randint(1, 3) * groups[0]
        kernel["I"], kernel["O"] = sizes["C"] // groups[0], rng.randint(1, 3) * groups[0] * groups[1]
        strides = [rng.randint(1, 3) for _ in spatial]
        rhs_dilation = [rng.choice([1, 1, 2, 3]) for _ in spatial]
        padding = rng.choice(["SAME", "VALID", "SAME_LOWER", None, None, None])
        lhs_dilation = [1 if padding else rng.choice([1, 1, 2, 3]) for _ in spatial]
        held = [dilated(sizes[letter], dilation) for letter, dilation in zip(spatial, lhs_dilation)]
        explicit = padding or [self.pads(size, rng.random() < 0.4) for size in held]
        dtype = rng.choice(dtypes)
        if rank == 1 and not padding and min(explicit[0]) < 0 and dtype in INEXACT:
            # JAX reads out of bounds for some croppings along one axis of float32 and below.
            dtype = "complex128" if dtype in COMPLEX else "float64"
        options = {"dimensionNumbers": layouts}
        if max(lhs_dilation, default=1) > 1:
            options["lhsDilation"] = lhs_dilation
        if max(rhs_dilation, default=1) > 1:
            options["rhsDilation"] = rhs_dilation
        if groups[0] > 1:
            options["featureGroupCount"] = groups[0]
        if groups[1] > 1:
            options["batchGroupCount"] = groups[1]
        out = {"N": sizes["N"] // groups[1], "C": kernel["O"]}
        for d, letter in enumerate(spatial):
            pair = explicit[d] if not padding else (0, 0)
            if padding and padding != "VALID":
                pair = same_pads(sizes[letter], kernel[letter], strides[d], rhs_dilation[d], padding == "SAME_LOWER")
            out[letter] = output_size(sizes[letter], kernel[letter], strides[d], tuple(pair), lhs_dilation[d], rhs_dilation[d])
        return {
            "lhs": physical(layouts[0], sizes),
            "rhs": physical(layouts[1], kernel),
            "out": physical(layouts[2], out),
            "dtype": dtype,
            "args": [strides, explicit, options],
        }

    def forward(self) -> dict:
        row = self.convolution([*REAL, *COMPLEX, "float32", "float64"])
        wider = WIDER.get(row["dtype"])
        if wider and self.rng.random() < 0.25:
            row["args"][2]["preferredElementType"] = self.rng.choice(wider)
        return row

    def gradient(self) -> dict:
        row = self.convolution(INEXACT, largest_rank=3)
        wider = {"float16": "float32", "bfloat16": "float32", "float32": "float64"}.get(row["dtype"])
        if wider and self.rng.random() < 0.15:
            row["args"][2]["preferredElementType"] = wider
            row["dtypes"] = {"out": wider}
        # The gradients crop where the call itself does not: JAX's fault along one axis again.
        if len(row["lhs"]) == 3:
            row["dtype"] = "complex128" if row["dtype"] in COMPLEX else "float64"
            row.pop("dtypes", None)
            row["args"][2].pop("preferredElementType", None)
        return row

    def transposed(self, dtypes: list[str]) -> dict:
        rng = self.rng
        rank = rng.choices(range(4), [1, 5, 6, 2])[0]
        layouts = self.layouts(rank)
        spatial = layouts[1].translate(str.maketrans("", "", "OI"))
        sizes = {letter: rng.randint(1, {0: 1, 1: 7, 2: 5, 3: 3}[rank]) for letter in spatial}
        kernel = {letter: rng.randint(1, 4 if rank < 3 else 2) for letter in spatial}
        sizes["N"], sizes["C"], outputs = rng.randint(1, 2), rng.randint(1, 3), rng.randint(1, 3)
        transpose_kernel = rng.random() < 0.4
        kernel["I"], kernel["O"] = (outputs, sizes["C"]) if transpose_kernel else (sizes["C"], outputs)
        strides = [rng.randint(1, 3) for _ in spatial]
        rhs_dilation = [rng.choice([1, 1, 2]) for _ in spatial]
        consistent = rng.random() < 0.3
        windows = [dilated(kernel[letter], rhs_dilation[d]) for d, letter in enumerate(spatial)]
        padding = rng.choice(["SAME", "VALID", None])
        explicit = padding or [[rng.randint(0, min(2, window - 1)), rng.randint(0, min(2, window - 1))] for window in windows]
        options = {"dimensionNumbers": layouts, "transposeKernel": transpose_kernel, "useConsistentPadding": consistent}
        if max(rhs_dilation, default=1) > 1:
            options["rhsDilation"] = rhs_dilation
        out = {"N": sizes["N"], "C": outputs}
        for d, letter in enumerate(spatial):
            pads = transpose_pads(windows[d], strides[d], padding or explicit[d], consistent)
            out[letter] = output_size(sizes[letter], kernel[letter], 1, pads, strides[d], rhs_dilation[d])
        return {
            "lhs": physical(layouts[0], sizes),
            "rhs": physical(layouts[1], kernel),
            "out": physical(layouts[2], out),
            "dtype": rng.choice(dtypes),
            "args": [strides, explicit, options],
        }

    def patches(self, local: bool) -> dict:
        """conv_general_dilated_patches, or with `local` conv_general_dilated_local. Filter sizes go by the kernel's physical axes."""
        rng = self.rng
        rank = rng.choices(range(4), [1, 4, 5, 2])[0]
        layouts = self.layouts(rank)
        spatial = layouts[1].translate(str.maketrans("", "", "OI"))
        sizes = {letter: rng.randint(2, {0: 2, 1: 9, 2: 6, 3: 4}[rank]) for letter in spatial}
        kernel = {letter: rng.randint(1, min(3, sizes[letter])) for letter in spatial}
        sizes["N"], sizes["C"] = rng.randint(1, 2), rng.randint(1, 3)
        strides = [rng.randint(1, 2) for _ in spatial]
        padding = rng.choice(["SAME", "VALID", None])
        explicit = padding or [[rng.randint(0, 2), rng.randint(0, 2)] for _ in spatial]
        rhs_dilation = [rng.choice([1, 1, 2]) for _ in spatial]
        options = {"dimensionNumbers": layouts}
        if max(rhs_dilation, default=1) > 1:
            options["rhsDilation"] = rhs_dilation
        filter_shape = [kernel[letter] for letter in spatial]
        row = {"lhs": physical(layouts[0], sizes), "dtype": rng.choice([*REAL, *COMPLEX])}
        if not local:
            return {**row, "args": [filter_shape, strides, explicit, options]}
        features = sizes["C"]
        positions = {}
        for d, letter in enumerate(spatial):
            features *= kernel[letter]
            pads = tuple(explicit[d]) if not padding else (0, 0)
            if padding == "SAME":
                pads = same_pads(sizes[letter], kernel[letter], strides[d], rhs_dilation[d], lower=False)
            positions[letter] = output_size(sizes[letter], kernel[letter], strides[d], pads, 1, rhs_dilation[d])
        rhs = physical(layouts[1], {**positions, "I": features, "O": rng.randint(1, 3)})
        return {**row, "rhs": rhs, "args": [strides, explicit, filter_shape, options]}

    def signal(self, kind: str) -> dict:
        """numpy.*, scipy.signal.* of any rank, its two-dimensional functions, or fftconvolve."""
        rng = self.rng
        rank = {"numpy": 1, "2d": 2}.get(kind) or rng.choices([0, 1, 2, 3], [1, 4, 4, 2])[0]
        longest = {0: 1, 1: 13, 2: 6, 3: 4}[rank]
        large = [rng.randint(1, longest) for _ in range(rank)]
        small = [rng.randint(1, size) for size in large]
        if kind == "numpy":
            small = [rng.randint(1, longest)]
        inputs = [large, small] if rng.random() < 0.6 else [small, large]
        # The FFT has no half precision.
        among = ["int8", "float32", "float64", *COMPLEX] if kind == "fft" else [*REAL, *COMPLEX]
        dtypes = [rng.choice(among) for _ in inputs]
        args = [rng.choice(["full", "same", "valid"])]
        if kind == "any" and rng.random() < 0.3 and not {"float16", "bfloat16"} & set(dtypes):
            args.append("fft")
        own = {"in1": dtypes[0], "in2": dtypes[1]}
        return {"in1": inputs[0], "in2": inputs[1], "dtypes": own, "args": args, "range": {"low": 0, "high": 20}}


def rows(make, count: int) -> list[dict]:
    """`count` rows of which no two are equal."""
    made: list[dict] = []
    while len(made) < count:
        row = make()
        if row not in made:
            made.append(row)
    return made


LAX = "layouts, strides, kernels, paddings, dtypes"
SIGNALS = [
    ("numpy-convolve", "numpy.convolve", "numpy"),
    ("numpy-correlate", "numpy.correlate", "numpy"),
    ("convolve", "scipy.signal.convolve", "any"),
    ("correlate", "scipy.signal.correlate", "any"),
    ("convolve2d", "scipy.signal.convolve2d", "2d"),
    ("correlate2d", "scipy.signal.correlate2d", "2d"),
    ("fftconvolve", "scipy.signal.fftconvolve", "fft"),
]


def random_families() -> list[dict]:
    every, exact = [*REAL, *COMPLEX], ["float64", "complex128"]
    two, three = ["lhs", "rhs"], ["lhs", "rhs", "out"]
    conv, transposed, patches, local, gradients, transposed_gradients = map(CallMaker, range(1, 7))
    about = "ranks, layouts, groups, strides, dilations, cropping, dtypes"
    lax = [
        row_case("conv-transpose", LAX, "lax.convTranspose", two, rows(lambda: transposed.transposed(every), 200), 110_000),
        row_case("patches", LAX, "lax.convGeneralDilatedPatches", ["lhs"], rows(lambda: patches.patches(local=False), 100), 120_000),
        row_case("local", LAX, "lax.convGeneralDilatedLocal", two, rows(lambda: local.patches(local=True), 100), 130_000),
    ]
    pullbacks = [
        row_case("conv", about, "lax.convGeneralDilatedVjp", three, rows(gradients.gradient, 200), 140_000),
        row_case("conv-transpose", LAX, "lax.convTransposeVjp", three, rows(lambda: transposed_gradients.transposed(exact), 60), 150_000),
    ]
    signals = []
    for index, (name, fn, kind) in enumerate(SIGNALS):
        maker = CallMaker(10 + index)
        made = rows(lambda: maker.signal(kind), 40)
        signals.append(row_case(name, "sizes, modes, dtypes", fn, ["in1", "in2"], made, 160_000 + 1000 * index))
    conv_case = row_case("conv", about, "lax.convGeneralDilated", two, rows(conv.forward, 600), 100_000)
    return [
        family("random-conv", "Random calls of lax.conv_general_dilated.", [conv_case]),
        family("random-lax", "Random calls of the other functions of lax.", lax),
        family("random-gradients", "jax.vjp of random calls.", pullbacks),
        family("random-signal", "Random calls of jax.numpy and jax.scipy.signal.", signals),
    ]


def family(name: str, about: str, cases: list[dict]) -> dict:
    return {"family": name, "about": f"{about} Written by scripts/goldens/random_calls.py.", "cases": cases}
