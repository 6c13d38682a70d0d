"""`alex up` with stand-in services: `python up_with_standins.py NAME:PORT NAME:PORT ...`."""

import sys
from pathlib import Path

from alex_tools.environment import load_environment
from alex_tools.errors import AlexError
from alex_tools.stack import Service
from alex_tools.terminal import open_terminal
from alex_tools.up import run_up

STANDIN = str(Path(__file__).with_name("standin.py"))


def main() -> None:
    pairs = [argument.split(":") for argument in sys.argv[1:]]
    services = tuple(Service(name, int(port), (STANDIN, name), "stands in", is_mcp=True) for name, port in pairs)
    terminal = open_terminal()
    try:
        run_up(services, load_environment(Path.cwd()), Path.cwd(), terminal)
    except AlexError as error:
        terminal.fail(error)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
