"""What the agent services load when they start: nothing that only some requests need."""

import subprocess
import sys

import pytest

ON_REQUEST = frozenset(
    {
        "boto3",
        "bs4",
        "empyrical",
        "lxml",
        "matplotlib",
        "openpyxl",
        "pandas",
        "PIL",
        "reportlab",
        "scipy",
        "torch",
        "yfinance",
    }
)
"""Packages that take long to load, or whose work no start needs."""


@pytest.mark.parametrize("service", ["researcher", "planner"])
def test_a_service_starts_without_what_only_some_requests_need(service: str) -> None:
    """Ours: a start is most of what a user of a local stack waits for, and a cold start in AWS."""
    script = f"import sys, alex_{service}.app; print(*{{name.split('.')[0] for name in sys.modules}})"
    loaded = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, encoding="utf-8", timeout=60
    )
    assert "agents" in loaded.stdout.split()
    assert not ON_REQUEST & set(loaded.stdout.split())
