"""What sites allow robots to read (RFC 9309), asked once for each site and kept for a while."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from protego import Protego

AGENT = "AlexBrowser"
"""Our name in robots.txt files."""
KEEP_SECONDS = 3600.0
"""RFC 9309 section 2.4 allows up to 24 hours."""
MAX_SITES = 500
ROBOTS_BYTES = 512_000
"""RFC 9309 section 2.5: at least 500 KiB must be parsed."""
MAX_DELAY_SECONDS = 5.0
"""A longer Crawl-delay than this is shortened: a person who waits is not a crawler."""


class RobotsRules:
    """The rules of the sites that were read lately.

    `fetch` returns the text of a robots.txt, empty when the site has none, and None when the site fails to say
    (5xx), which RFC 9309 section 2.3.1.4 takes as a no.
    """

    def __init__(self, fetch: Callable[[str], Awaitable[str | None]]) -> None:
        self._fetch = fetch
        self._kept: OrderedDict[str, tuple[float, Protego | None]] = OrderedDict()

    async def allows(self, url: str) -> bool:
        """Return whether the site lets us read `url`."""
        rules = await self._rules(url)
        return rules is not None and rules.can_fetch(url, AGENT)

    async def delay_seconds(self, url: str) -> float:
        """Return the time that the site wants between two requests, in seconds."""
        rules = await self._rules(url)
        delay = rules.crawl_delay(AGENT) if rules is not None else None
        return min(delay or 0.0, MAX_DELAY_SECONDS)

    async def _rules(self, url: str) -> Protego | None:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        kept = self._kept.get(site)
        if kept is None or time.monotonic() - kept[0] > KEEP_SECONDS:
            text = await self._fetch(f"{site}/robots.txt")
            kept = (time.monotonic(), Protego.parse(text) if text is not None else None)
            # What failed is asked again the next time: the site may be back.
            if text is not None:
                self._kept[site] = kept
            while len(self._kept) > MAX_SITES:
                self._kept.popitem(last=False)
        return kept[1]
