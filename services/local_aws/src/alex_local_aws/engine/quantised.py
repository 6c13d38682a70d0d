"""Vectors rounded to 8 bits, to find in a quarter of the bytes which few can be nearest at all.

A vector `x` is kept as `scale * codes` with the length of what rounding lost, `|x - scale * codes|`. By the
Cauchy-Schwarz inequality that bounds how far a product computed from codes can be off:

    |x.q - x'.q'| <= |x| |q - q'| + |x - x'| (|q| + |q - q'|)
"""

from collections.abc import Sequence
from typing import NamedTuple

import numkong
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Codes = NDArray[np.int8]
LARGEST_CODE = 127


class Quantised(NamedTuple):
    """Rows as codes, what one unit of a code is worth, and the length of what was lost."""

    codes: Codes
    scales: Floats
    losses: Floats


def quantise(vectors: Floats) -> Quantised:
    """Round vectors, `[rows, dimension]`; a row of zeros has scale 0."""
    scales = np.abs(vectors).max(axis=1) / np.float32(LARGEST_CODE)
    steps = np.where(scales > 0, scales, np.float32(1))
    rest: Floats = (vectors / steps[:, None]).astype(np.float32, copy=False)
    codes = np.rint(rest)
    rest -= codes
    losses = row_lengths(rest) * steps
    return Quantised(codes.astype(np.int8), scales, losses.astype(np.float32))


def row_lengths(vectors: Floats) -> Doubles:
    """Return the L2 norm of each row, summed in double precision so that no square overflows or vanishes."""
    lengths: Doubles = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))
    return lengths


def code_products(blocks: Sequence[Codes], query: Codes, *, block_rows: int) -> Floats:
    """Return the product of each row of codes with those of the query; all blocks but the last are full."""
    products = np.empty(sum(len(block) for block in blocks), np.float32)
    for number, block in enumerate(blocks):
        found = numkong.cdist(query[None, :], block, "dot", out_dtype="float32")
        products[number * block_rows : number * block_rows + len(block)] = np.asarray(found)[0]
    return products
