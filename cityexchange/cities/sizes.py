"""Size bands: figures vary with the year and the boundary, so a city is told by its band (practice.md 7.1)."""

BANDS = ("to_50k", "to_250k", "to_1m", "to_5m", "over_5m")
LIMITS = (50_000, 250_000, 1_000_000, 5_000_000)
"""Inhabitants below which a city is in the band of the same place."""


def size_band(population: int | None) -> str:
    """One of BANDS; "" where nobody knows."""
    if not population:
        return ""
    return BANDS[sum(population >= limit for limit in LIMITS)]
