"""Where this repository is: the command is always installed from a checkout of it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
"""Folder of the root `pyproject.toml`."""
SAMPLE_PORTFOLIO = ROOT / "examples" / "portfolio.csv"
