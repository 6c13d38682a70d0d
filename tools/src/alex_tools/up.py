"""`alex up`: every service as a process of this machine, until Ctrl-C."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from rich.text import Text

from alex_tools.chromium import EXECUTABLE_VARIABLE, find_chromium
from alex_tools.connecting import address_table, mcp_client_settings
from alex_tools.environment import DATA_FOLDER, Stack, compose_stack
from alex_tools.errors import CommandFailed, Stopped
from alex_tools.folder_lock import hold_folder
from alex_tools.ports import check_ports_are_free
from alex_tools.stack import Service
from alex_tools.stop_signals import StopFlag, stop_flag
from alex_tools.supervisor import Supervisor, running
from alex_tools.terminal import Terminal
from alex_tools.web_page import NAME, build_page

NO_CHROMIUM = "no Chromium: pages that need JavaScript cannot be read, static pages still work"
_LABEL_STYLES = ("cyan", "magenta", "green", "blue", "yellow", "bright_cyan", "bright_magenta", "bright_green")


def run_up(services: tuple[Service, ...], user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Start `services`, show their logs, and stop them on Ctrl-C.

    Raises:
        AlexError: nothing could be started, or a service ended by itself.
    """
    check_ports_are_free({service.name: service.port for service in services})
    printer = log_printer(services, terminal)
    with stop_flag() as stop, hold_folder(folder / DATA_FOLDER):
        stack = prepare_stack(services, user, folder, stop, terminal)
        with running(stack, stop, printer) as supervisor:
            supervisor.wait_until_ready(lambda name: terminal.say(f"{name} is ready", "green"))
            show_connection(stack, terminal)
            stay_up(supervisor, terminal)


def prepare_stack(
    services: tuple[Service, ...], user: Mapping[str, str], folder: Path, stop: StopFlag, terminal: Terminal
) -> Stack:
    """Return the stack to start, with a Chromium for the browser service, and the web page, if they can be had."""
    environment = dict(user)
    if any(service.name == "browser" for service in services):
        path = find_chromium(environment, stop, install=True)
        if path is None:
            terminal.warn(NO_CHROMIUM)
        else:
            environment[EXECUTABLE_VARIABLE] = path
    stack = compose_stack(_with_built_page(services, user, stop, terminal), environment, folder)
    for note in stack.notes:
        terminal.say(note)
    return stack


def _with_built_page(
    services: tuple[Service, ...], user: Mapping[str, str], stop: StopFlag, terminal: Terminal
) -> tuple[Service, ...]:
    """Return the services without the web page when it cannot be built: the others do not need it."""
    if not any(service.name == NAME for service in services):
        return services
    try:
        build_page(user, stop, terminal)
    except CommandFailed as error:
        terminal.warn("\n    ".join([error.message, *error.details]))
        return tuple(service for service in services if service.name != NAME)
    return services


def show_connection(stack: Stack, terminal: Terminal) -> None:
    """Print the addresses and how to connect."""
    terminal.say()
    terminal.out.print(address_table(stack))
    terminal.say(f"every call needs the header x-api-key: {stack.api_key}")
    terminal.say("settings for an MCP client:")
    terminal.say(mcp_client_settings(stack))


def stay_up(supervisor: Supervisor, terminal: Terminal) -> None:
    """Wait for Ctrl-C, or for the reader of our output to go away.

    Raises:
        ServiceDied: a service ended by itself.
    """
    terminal.say("Ctrl-C stops everything", "bold")
    with suppress(Stopped):
        supervisor.watch(lambda: terminal.out.reader_gone)
    terminal.say("stopping ...")


def log_printer(services: tuple[Service, ...], terminal: Terminal) -> Callable[[str, str], None]:
    """Return a function that prints a log line behind its service's name."""
    width = max(len(service.name) for service in services)
    styles = {service.name: _LABEL_STYLES[number % len(_LABEL_STYLES)] for number, service in enumerate(services)}

    def print_line(name: str, line: str) -> None:
        terminal.say(Text.assemble((f"{name:<{width}} | ", styles[name]), _printable(line)))

    return print_line


def _printable(line: str) -> str:
    """Return the line without control characters, which would move the cursor of the terminal."""
    return "".join(character for character in line if character.isprintable() or character == "\t")
