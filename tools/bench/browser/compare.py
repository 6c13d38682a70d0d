"""Compares the browser server with `@playwright/mcp` over the same local pages; README.md says how to run it.

    python -m tools.bench.browser.compare PHASE --pages FOLDER --anchor CLI_JS --chromium PATH --shell PATH

PHASE is `warm` (one session each, page by page in turn), `sessions` (several at once, throughput and memory) or
`cold` (from nothing to the first page). Ratios are anchor / ours, so more than 1 is in our favour for times, tokens
and memory.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Protocol

import psutil  # type: ignore[import-untyped]  # has no types

from tools.bench.browser import saved_pages
from tools.bench.browser.targets import OurServer, Read, anchor_session, memory_megabytes, our_server

PORTS = 8
CHARS_PER_TOKEN = 4
WHOLE_TEXT = 100_000
"""`max_chars` that gives practically every page whole; the default of the tool is 16,000."""
COLD_STARTS = 4
REST_SECONDS = 3.0
"""Time after the last page, with all sessions open, at which memory is measured."""
NO_OTHER_HOSTS = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""Saved pages name hosts that cannot be reached here; without this the anchor would wait for a name server."""


class Reader(Protocol):
    """Either side."""

    async def read(self, url: str) -> Read:
        """Read a page."""


class Bench:
    """Pages, and the way to start both sides."""

    def __init__(self, options: argparse.Namespace, urls: Sequence[str], scratch: Path) -> None:
        self.urls = urls
        self._options = options
        self._scratch = scratch

    @property
    def anchor_command(self) -> list[str]:
        """How users start it: headless, isolated, full Chromium; here hosts that are not there fail at once."""
        config = self._scratch / "anchor.json"
        launch = {"executablePath": self._options.chromium, "args": [NO_OTHER_HOSTS]}
        config.write_text(json.dumps({"browser": {"launchOptions": launch}}), encoding="utf-8")
        return ["node", self._options.anchor, "--headless", "--isolated", "--no-sandbox", "--config", str(config)]

    @asynccontextmanager
    async def anchor(self) -> AsyncIterator[Reader]:
        """One session of the anchor."""
        async with anchor_session(self.anchor_command, self._scratch) as session:
            yield session

    @asynccontextmanager
    async def server(self) -> AsyncIterator[OurServer]:
        """Our server, allowed to read the local pages."""
        hosts = ",".join(sorted({url.split("/")[2] for url in self.urls}))
        async with our_server(self._options.shell, {"BROWSER_ALLOWED_HOSTS": hosts}) as server:
            yield server


async def warm(bench: Bench) -> None:
    """Read every page on each side in turn."""
    sides: dict[str, list[Read]] = {}
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(bench.server())
        readers: dict[str, Reader] = {
            "anchor": await stack.enter_async_context(bench.anchor()),
            "ours, auto": await stack.enter_async_context(server.session("auto")),
            "ours, auto, whole text": await stack.enter_async_context(server.session("auto", WHOLE_TEXT)),
            "ours, always": await stack.enter_async_context(server.session("always")),
        }
        for reader in readers.values():
            await reader.read(bench.urls[0])
        names = list(readers)
        for number, url in enumerate(bench.urls):
            # Each in turn goes first: what a read leaves running costs the next one.
            for name in names[number % len(names) :] + names[: number % len(names)]:
                sides.setdefault(name, []).append(await readers[name].read(url))
    anchor = sides["anchor"]
    for name in names:
        _print_side(name, sides[name], anchor)
    static = [(a, o) for a, o in zip(anchor, sides["ours, auto"], strict=True) if not o.rendered and not o.failed]
    print(f"{len(static)} of {len(anchor)} pages needed no browser: ", end="")
    print(f"{statistics.median(a.seconds / o.seconds for a, o in static):.2f} times faster (median of pairs)")


def _print_side(name: str, reads: Sequence[Read], anchor: Sequence[Read]) -> None:
    times = sorted(read.seconds for read in reads)
    pairs = [(a, o) for a, o in zip(anchor, reads, strict=True) if not a.failed and not o.failed]
    tokens = [len(o.text) / CHARS_PER_TOKEN for _, o in pairs]
    anchor_tokens = [len(a.text) / CHARS_PER_TOKEN for a, _ in pairs]
    print(
        f"{name:24} p50 {statistics.median(times):.3f} s, p95 {times[int(0.95 * len(times))]:.3f} s,"
        f" {statistics.median(a.seconds / o.seconds for a, o in pairs):.2f}x faster;"
        f" tokens p50 {statistics.median(tokens):,.0f}, all {sum(tokens):,.0f},"
        f" {sum(anchor_tokens) / sum(tokens):.2f}x fewer in all,"
        f" {statistics.median(a / o for a, o in zip(anchor_tokens, tokens, strict=True)):.2f}x in the median page;"
        f" {sum(read.failed for read in reads)} failed, {sum(read.rendered for read in reads)} rendered"
    )


async def sessions(bench: Bench, count: int) -> None:
    """Read pages by `count` clients at once, through a browser on both sides."""
    me = psutil.Process()
    anchor_rate, anchor_memory = await _together(
        "anchor", bench, [bench.anchor] * count, lambda: [one for one in me.children() if "node" in one.name()]
    )
    async with bench.server() as server:
        our_rate, our_memory = await _together(
            "ours", bench, [lambda: server.session("always")] * count, lambda: [psutil.Process(server.process.pid)]
        )
    print(f"memory: anchor {anchor_memory:,.0f} MB, ours {our_memory:,.0f} MB, {anchor_memory / our_memory:.2f}x less")
    print(f"throughput: {our_rate / anchor_rate:.2f}x")


async def _together(
    name: str,
    bench: Bench,
    sessions_to_open: Sequence[Callable[[], AbstractAsyncContextManager[Reader]]],
    processes: Callable[[], list[psutil.Process]],
) -> tuple[float, float]:
    """Return pages per second of all sessions, and the memory in MB at rest while all of them are open."""
    queue = list(reversed(bench.urls))
    gate = asyncio.Barrier(len(sessions_to_open) + 1)

    async def work(open_session: Callable[[], AbstractAsyncContextManager[Reader]]) -> list[Read]:
        async with open_session() as reader:
            await reader.read(bench.urls[0])
            await gate.wait()
            done = []
            while queue:
                done.append(await reader.read(queue.pop()))
            await gate.wait()
            await gate.wait()
            return done

    begun = time.perf_counter()
    tasks = [asyncio.create_task(work(one)) for one in sessions_to_open]
    await gate.wait()
    ready, begun = time.perf_counter() - begun, time.perf_counter()
    await gate.wait()
    seconds = time.perf_counter() - begun
    await asyncio.sleep(REST_SECONDS)
    memory = memory_megabytes(processes())
    await gate.wait()
    reads = [read for done in await asyncio.gather(*tasks) for read in done]
    times = sorted(read.seconds for read in reads)
    print(
        f"{name:8} {len(tasks)} sessions ready with a page after {ready:.2f} s; {len(reads) / seconds:.2f} pages/s,"
        f" read p50 {statistics.median(times):.3f} s, p95 {times[int(0.95 * len(times))]:.3f} s,"
        f" {sum(read.failed for read in reads)} failed"
    )
    return len(reads) / seconds, memory


async def cold(bench: Bench) -> None:
    """Take the time from nothing to the first page, and of a new session on a running server."""
    url = bench.urls[0]
    spawned, ours_spawned, ours_new = [], [], []
    for _ in range(COLD_STARTS):
        begun = time.perf_counter()
        async with bench.anchor() as reader:
            await reader.read(url)
            spawned.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        async with bench.server() as server:
            async with server.session("always") as reader:
                await reader.read(url)
                ours_spawned.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            async with server.session("always") as reader:
                await reader.read(url)
                ours_new.append(time.perf_counter() - begun)
    print(f"anchor: spawn to first page {statistics.median(spawned):.2f} s (every session is a spawn)")
    print(f"ours: spawn to first page {statistics.median(ours_spawned):.2f} s, once for all sessions")
    new = statistics.median(ours_new)
    print(f"ours: new session to first page {new:.3f} s, {statistics.median(spawned) / new:.2f}x sooner")


@asynccontextmanager
async def _pages(folder: Path, limit: int) -> AsyncIterator[list[str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, saved_pages.__file__, str(folder), str(PORTS), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        ports = (await process.stdout.readline()).decode().split()
        names = sorted(page.parent.name for page in folder.glob("*/source.html"))[:limit]  # noqa: ASYNC240  once
        yield [f"http://127.0.0.1:{ports[number % PORTS]}/{name}.html" for number, name in enumerate(names)]
    finally:
        process.terminate()
        await process.wait()


async def main() -> None:
    """Run one phase."""
    parser = argparse.ArgumentParser()
    parser.add_argument("phase", choices=["warm", "sessions", "cold"])
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--anchor", required=True, help="cli.js of an installed @playwright/mcp")
    parser.add_argument("--chromium", required=True, help="a full Chromium, for the anchor")
    parser.add_argument("--shell", required=True, help="the Chromium for our server, such as a headless shell")
    parser.add_argument("--limit", type=int, default=100, help="pages read")
    parser.add_argument("--count", type=int, default=8, help="sessions of the phase `sessions`")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        async with _pages(options.pages, options.limit) as urls:
            bench = Bench(options, urls, Path(scratch))
            if options.phase == "sessions":
                await sessions(bench, options.count)
            else:
                await {"warm": warm, "cold": cold}[options.phase](bench)


if __name__ == "__main__":
    asyncio.run(main())
