"""Grids: every pair of values of interacting parameters stands in a row. The values are those of JAX's own tests (tests/lax_test.py)."""

import itertools
import random

from goldens.shapes import output_size, physical, same_pads

DTYPES = ["float32", "float64", "bfloat16", "float16", "complex64", "int8", "int32", "uint16", "bool"]
LAYOUTS = [["NCHW", "OIHW", "NCHW"], ["NHWC", "HWIO", "NHWC"], ["NCHW", "HWIO", "NHWC"]]

CROPPING = [[-1, 2], [3, -2]]


def pairwise(parameters: dict[str, list], seed: int) -> list[dict]:
    """Rows of values so that any two values of two parameters stand in one of them. Greedy: the best of some random rows is kept."""
    rng = random.Random(seed)
    names = list(parameters)
    uncovered = {
        (a, i, b, j)
        for a, b in itertools.combinations(names, 2)
        for i in range(len(parameters[a]))
        for j in range(len(parameters[b]))
    }
    rows = []
    while uncovered:
        needed = min(uncovered)
        candidates = []
        for _ in range(60):
            row = {name: rng.randrange(len(parameters[name])) for name in names}
            row[needed[0]], row[needed[2]] = needed[1], needed[3]
            covered = {(a, row[a], b, row[b]) for a, b in itertools.combinations(names, 2)} & uncovered
            candidates.append((len(covered), row, covered))
        _, best, covered = max(candidates, key=lambda candidate: candidate[0])
        uncovered -= covered
        rows.append({name: parameters[name][index] for name, index in best.items()})
    return rows


def conv_row(row: dict) -> dict:
    """testConvGeneralDilated: 9 by w inputs, kernels of 4 by 5."""
    feature_groups, batch_groups = row["groups"]
    sizes = {"N": row["b"] * batch_groups, "C": row["i"] * feature_groups, "H": 9, "W": row["w"]}
    kernel = {"O": row["j"] * feature_groups * batch_groups, "I": row["i"], "H": 4, "W": 5}
    lhs, rhs, _ = row["layout"]
    options = {
        "lhsDilation": row["lhs_dilation"],
        "rhsDilation": row["rhs_dilation"],
        "dimensionNumbers": row["layout"],
        "featureGroupCount": feature_groups,
        "batchGroupCount": batch_groups,
    }
    padding = row["padding"]
    if isinstance(padding, str) and row["lhs_dilation"] != [1, 1]:
        padding = [[1, 1], [0, 2]]  # names go with no lhs dilation
    if row["w"] == 0 and padding == CROPPING:
        padding = [[1, 2], [2, 0]]  # there is nothing to crop
    return {
        "lhs": physical(lhs, sizes),
        "rhs": physical(rhs, kernel),
        "dtype": row["dtype"],
        "args": [row["strides"], padding, options],
    }


def conv_grid() -> list[dict]:
    rows = pairwise(
        {
            "b": [2, 3],
            "i": [2, 3],
            "j": [2, 3],
            "w": [10, 0, 7],
            "groups": [(1, 1), (2, 1), (1, 2)],
            "strides": [[1, 1], [2, 1], [1, 2]],
            "padding": [[[1, 2], [2, 0]], [[10, 8], [7, 13]], "SAME", "VALID", CROPPING],
            "lhs_dilation": [[1, 1], [1, 2], [1, 4]],
            "rhs_dilation": [[1, 1], [1, 2], [1, 4]],
            "layout": LAYOUTS,
            "dtype": DTYPES,
        },
        seed=1,
    )
    return [conv_row(row) for row in rows]


def transpose_row(row: dict) -> dict:
    """testConvTranspose2D: 9 by 10 inputs."""
    k = row["k"]
    # The transposed kernel is the forward one's: its input features are our outputs.
    features = [row["j"], row["i"]] if row["transpose_kernel"] else [row["i"], row["j"]]
    options = {"rhsDilation": row["rhs_dilation"], "transposeKernel": row["transpose_kernel"], "useConsistentPadding": row["consistent"]}
    return {
        "lhs": [row["b"], 9, 10, row["i"]],
        "rhs": [k, k, *features],
        "dtype": row["dtype"],
        "args": [row["strides"], row["padding"], options],
    }


def transpose_grid() -> list[dict]:
    return [
        transpose_row(row)
        for row in pairwise(
            {
                "b": [2, 3],
                "i": [2, 3],
                "j": [1, 2],
                "k": [4, 5],
                "strides": [[1, 1], [1, 2], [2, 1], [2, 2], [3, 3]],
                "padding": ["VALID", "SAME", [[0, 0], [0, 0]], [[1, 2], [2, 1]]],
                "rhs_dilation": [None, [2, 2]],
                "transpose_kernel": [False, True],
                "consistent": [False, True],
                "dtype": DTYPES,
            },
            seed=2,
        )
    ]


def gradient_row(row: dict) -> dict:
    """The shapes of the autodiff tests of convolutions: 6 by 7 inputs, kernels of 1 by 2 or 3 by 2."""
    feature_groups, batch_groups = row["groups"]
    sizes = {"N": row["b"] * batch_groups, "C": row["i"] * feature_groups, "H": 6, "W": 7}
    kernel = {"O": row["j"] * feature_groups * batch_groups, "I": row["i"], "H": row["k"][0], "W": row["k"][1]}
    lhs, rhs, out = row["layout"]
    spatial = {}
    for axis, letter in enumerate("HW"):
        window, stride, rhs_dilation = kernel[letter], row["strides"][axis], row["rhs_dilation"][axis]
        named = isinstance(row["padding"], str)
        lhs_dilation = 1 if named else row["lhs_dilation"][axis]
        pads = tuple(row["padding"][axis]) if not named else (0, 0)
        if row["padding"] == "SAME":
            pads = same_pads(sizes[letter], window, stride, rhs_dilation, lower=False)
        spatial[letter] = output_size(sizes[letter], window, stride, pads, lhs_dilation, rhs_dilation)
    options = {
        "rhsDilation": row["rhs_dilation"],
        "dimensionNumbers": row["layout"],
        "featureGroupCount": feature_groups,
        "batchGroupCount": batch_groups,
    }
    if not isinstance(row["padding"], str):
        options["lhsDilation"] = row["lhs_dilation"]
    return {
        "lhs": physical(lhs, sizes),
        "rhs": physical(rhs, kernel),
        "out": physical(out, {"N": row["b"], "C": kernel["O"], **spatial}),
        "dtype": row["dtype"],
        "args": [row["strides"], row["padding"], options],
    }


def gradient_grid() -> list[dict]:
    return [
        gradient_row(row)
        for row in pairwise(
            {
                "b": [1, 2],
                "i": [1, 3],
                "j": [1, 2],
                "k": [(1, 2), (3, 2)],
                "groups": [(1, 1), (2, 1), (1, 2)],
                "strides": [[1, 1], [2, 3]],
                "padding": ["SAME", "VALID", [[1, 2], [0, 1]], [[-1, 2], [1, -2]]],
                "lhs_dilation": [[1, 1], [2, 1]],
                "rhs_dilation": [[1, 1], [1, 2]],
                "layout": LAYOUTS,
                "dtype": ["float32", "float64", "complex64", "complex128", "bfloat16", "float16"],
            },
            seed=3,
        )
    ]


def row_case(name: str, about: str, fn: str, roles: list[str], rows: list[dict], first_seed: int) -> dict:
    """One case whose parameter is the row. A row may give each operand a dtype of its own, by `dtypes`."""
    labelled = {}
    for number, row in enumerate(rows, 1):
        seeds = {role: first_seed + len(roles) * number + index for index, role in enumerate(roles)}
        described = {
            role: {
                "shape": row[role],
                "dtype": row.get("dtypes", {}).get(role, row.get("dtype")),
                "random": {"seed": seeds[role], **row.get("range", {})},
            }
            for role in roles
        }
        labelled[str(number)] = {**described, "args": row["args"]}
    return {
        "name": name,
        "about": about,
        "params": {"row": labelled},
        "call": {"fn": fn, "operands": [f"$row.{role}" for role in roles], "args": "$row.args"},
    }


def grid_families() -> list[dict]:
    about = "Every pair of values of interacting parameters, as JAX's own tests have them. Written by scripts/goldens/grids.py."
    cases = [
        row_case("conv-general-dilated", "testConvGeneralDilated", "lax.convGeneralDilated", ["lhs", "rhs"], conv_grid(), 10_000),
        row_case("conv-transpose", "testConvTranspose2D", "lax.convTranspose", ["lhs", "rhs"], transpose_grid(), 20_000),
        row_case("gradients", "the autodiff tests", "lax.convGeneralDilatedVjp", ["lhs", "rhs", "out"], gradient_grid(), 30_000),
    ]
    return [{"family": "grids", "about": about, "cases": cases}]
