"""Returns of bonds from their yields, for the years in which yields were recorded and returns were not."""

import numpy as np
from numpy.typing import NDArray

MONTHS_A_YEAR = 12


def monthly_par_bond_returns(yields: NDArray[np.float64], maturity_years: float) -> NDArray[np.float64]:
    """Return the total returns of always holding a bond at par for one month, shape (months - 1,).

    A bond bought at par has the yield y0 as its coupon. A month later it has n = `maturity_years` - 1/12 years left
    and is priced at the new yield y1, with a twelfth of the coupon accrued:

        r = y0 / 12 + (y0 / y1) (1 - (1 + y1)^-n) + (1 + y1)^-n - 1

    Source: L. Swinkels, Treasury Bond Return Data Starting in 1962, Data 4(3), 91 (2019), section 2, which checks
    returns made from yields in this way against bond indices.

    Args:
        yields: yields to maturity as fractions, one a month, above zero.
    """
    coupon, after = yields[:-1], yields[1:]
    discount = (1 + after) ** -(maturity_years - 1 / MONTHS_A_YEAR)
    return np.asarray(coupon / MONTHS_A_YEAR + coupon / after * (1 - discount) + discount - 1, dtype=np.float64)
