"""What the containers cost: building, building again after an edit, starting, and memory at rest.

    uv run python -m tools.bench.compose.run [--cold] [--file tests/compose/stand_ins.yaml]

`--cold` first empties the build cache of the engine, also what other projects have in it.
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from alex_tools.repository import ROOT

PROJECT = "alex_bench"
PORT_PREFIX = "291"
REST_SECONDS = 30
"""Time between the start and the look at the memory, in which nobody asks for anything."""
EDITED = Path("services/planner/src/alex_planner/app.py")


def main() -> None:
    """Print one line per figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cold", action="store_true", help="empty the engine's build cache first")
    parser.add_argument("--file", action="append", default=[], help="another compose file, from the repository's root")
    arguments = parser.parse_args()
    if arguments.cold:
        run(["docker", "builder", "prune", "--all", "--force"])
    try:
        measure(arguments.file)
    finally:
        compose(ROOT, arguments.file, "down", "--volumes", "--rmi", "local")


def measure(files: Sequence[str]) -> None:
    print(f"build, all images        {timed(ROOT, files, 'build'):6.1f} s")
    print(f"build, nothing changed   {timed(ROOT, files, 'build'):6.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in run(["git", "ls-files"]).split():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
        timed(copy, files, "build", "planner")
        with (copy / EDITED).open("a", encoding="utf-8") as source:
            source.write("\n\nEDITED = True\n")
        print(f"build, a source changed  {timed(copy, files, 'build', 'planner'):6.1f} s")
    print(f"up, until all healthy    {timed(ROOT, files, 'up', '--detach', '--wait'):6.1f} s")
    time.sleep(REST_SECONDS)
    print(run(["docker", "stats", "--no-stream", "--format", "{{.Name}}\t{{.MemUsage}}\t{{.CPUPerc}}"]))
    for image in run(
        ["docker", "image", "ls", "--format", "{{.Repository}}", "--filter", f"reference={PROJECT}-*"]
    ).split():
        size = json.loads(run(["docker", "image", "inspect", image]))[0]["Size"]
        print(f"{image:<26}{size / 1e6:5.0f} MB")


def timed(folder: Path, files: Sequence[str], *arguments: str) -> float:
    started = time.monotonic()
    compose(folder, files, *arguments)
    return time.monotonic() - started


def compose(folder: Path, files: Sequence[str], *arguments: str) -> None:
    chosen = [part for name in ("compose.yaml", *files) for part in ("--file", str(folder / name))]
    options = ["--project-name", PROJECT, "--project-directory", str(folder), "--env-file", os.devnull]
    environment = {**os.environ, "ALEX_PORT_PREFIX": PORT_PREFIX}
    run(["docker", "compose", *chosen, *options, *arguments], environment)


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603  our own commands
        [*command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout.strip()


if __name__ == "__main__":
    main()
