"""The shape rule of a convolution, for those who make up calls."""

SPATIAL = "HWDXY"


def dilated(size: int, dilation: int) -> int:
    return size if dilation == 1 else max(0, 1 + dilation * (size - 1))


def output_size(size: int, kernel: int, stride: int, pads: tuple[int, int], lhs_dilation: int = 1, rhs_dilation: int = 1) -> int:
    padded = dilated(size, lhs_dilation) + sum(pads)
    return max(0, (padded - dilated(kernel, rhs_dilation)) // stride + 1)


def same_pads(size: int, kernel: int, stride: int, rhs_dilation: int, lower: bool) -> tuple[int, int]:
    total = max(0, (-(-size // stride) - 1) * stride + dilated(kernel, rhs_dilation) - size)
    return (total - total // 2, total // 2) if lower else (total // 2, total - total // 2)


def transpose_pads(kernel: int, stride: int, padding, consistent: bool) -> tuple[int, int]:
    """Of the dilated input; `kernel` is the dilated size."""
    if padding in ("SAME", "VALID"):
        total = kernel + stride - 2 + (max(kernel - stride, 0) if padding == "VALID" else 0)
        low = kernel - 1 if padding == "VALID" or stride > kernel - 1 else -(-total // 2)
        return low, total - low
    low, high = padding
    return (kernel - 1 - low, kernel - 1 - high) if consistent else (low, high)


def physical(layout: str, sizes: dict[str, int]) -> list[int]:
    """A shape in the order of a layout's letters."""
    return [sizes[letter] for letter in layout]
