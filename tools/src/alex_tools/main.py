"""Entrance of the `alex` command."""


def main() -> None:
    """Run the command line."""
