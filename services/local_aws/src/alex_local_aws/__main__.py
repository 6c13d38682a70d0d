"""`python -m alex_local_aws [--port N] [--host H] [--data-dir DIR]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from alex_edge import EdgeSettings, serve
from fastapi import FastAPI

from alex_local_aws.app import create_app
from alex_local_aws.settings import LocalAwsSettings

DEFAULT_PORT = 8000


def main(argv: Sequence[str]) -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="alex-local_aws", add_help=False, allow_abbrev=False)
    parser.add_argument("--data-dir", type=Path)
    own, others = parser.parse_known_args(argv)

    def create(edge: EdgeSettings) -> FastAPI:
        given = {} if own.data_dir is None else {"data_dir": own.data_dir}
        return create_app(edge, LocalAwsSettings(**given))

    serve("local_aws", create, default_port=DEFAULT_PORT, argv=others)


if __name__ == "__main__":
    main(sys.argv[1:])
