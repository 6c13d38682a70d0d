"""What can go wrong while a page is read.

    ServiceError                     (alex_edge)
    └── ReadFailed                   502  read_failed
        ├── UrlRefused               422  url_refused
        ├── AddressRefused           403  address_refused
        ├── PageUnreachable          502  page_unreachable
        │   └── ConnectionBroke      502  page_unreachable
        ├── PageAnswered             502  page_answered
        ├── PageTooSlow              504  page_too_slow
        ├── TooManyRedirects         502  too_many_redirects
        ├── NotReadable              415  not_readable
        ├── RobotsRefused            403  robots_refused
        ├── PageEmpty                502  page_empty
        ├── SessionUnknown           404  session_unknown
        ├── ActionFailed             422  action_failed
        ├── SearchUnavailable        503  search_unavailable
        └── ChromiumMissing          503  chromium_missing

Each message names the URL and the reason, because it is what the model that asked gets to see.
"""

from alex_edge import ServiceError


class ReadFailed(ServiceError):
    """The page could not be read; base of all of them."""

    status = 502
    code = "read_failed"


class UrlRefused(ReadFailed):
    """The URL is not one that is ever read."""

    status = 422
    code = "url_refused"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url!r} cannot be read: {reason}", url=url)


class AddressRefused(ReadFailed):
    """The host is, or resolves to, an address that is not public."""

    status = 403
    code = "address_refused"

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(
            f"{host}:{port} is refused: {address} is not a public address; only public web pages are read",
            host=host,
            address=address,
        )


class PageUnreachable(ReadFailed):
    """No connection, no such name, a broken answer."""

    code = "page_unreachable"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url} could not be reached: {reason}", url=url)
        self.reason = reason


class ConnectionBroke(PageUnreachable):
    """The connection, the tab or the browser broke; it may work the next time."""


class PageAnswered(ReadFailed):
    """The site answered with an HTTP error."""

    code = "page_answered"

    def __init__(self, url: str, http_status: int, retry_after: str | None = None) -> None:
        later = f"; it asks to wait (Retry-After: {retry_after})" if retry_after else ""
        super().__init__(f"{url} answered HTTP {http_status}{later}", url=url, http_status=http_status)


class PageTooSlow(ReadFailed):
    """The page did not end within the time allowed."""

    status = 504
    code = "page_too_slow"

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(f"{url} did not finish within {seconds:g} s", url=url)


class TooManyRedirects(ReadFailed):
    """The site redirects in a circle, or further than is followed."""

    code = "too_many_redirects"

    def __init__(self, url: str, limit: int | None = None) -> None:
        limit_text = f" (more than {limit})" if limit is not None else ""
        super().__init__(f"{url} redirects without end{limit_text}", url=url)


class NotReadable(ReadFailed):
    """What the URL holds is not text: a download, an image, an archive."""

    status = 415
    code = "not_readable"

    def __init__(self, url: str, what: str) -> None:
        super().__init__(f"{url} is not a page to read: {what}", url=url)


class RobotsRefused(ReadFailed):
    """The site asks robots to stay away from the page."""

    status = 403
    code = "robots_refused"

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url} is not read: the robots.txt of the site does not allow it; find another source", url=url
        )


class SessionUnknown(ReadFailed):
    """There is no such session for this caller: it expired, was closed, or is somebody else's."""

    status = 404
    code = "session_unknown"

    def __init__(self, session: str, last_url: str | None = None) -> None:
        where = f" with url={last_url}" if last_url else ""
        super().__init__(
            f"session {session!r} is not open any more; open a new one by browser_navigate{where} and go on from there",
            session=session,
        )


class ActionFailed(ReadFailed):
    """The page does not have the element, or does not let it be used."""

    status = 422
    code = "action_failed"

    def __init__(self, action: str, reason: str) -> None:
        super().__init__(f"{action} failed: {reason}", action=action)


class SearchUnavailable(ReadFailed):
    """No search engine answered."""

    status = 503
    code = "search_unavailable"

    def __init__(self, engine: str, reason: str) -> None:
        super().__init__(
            f"no search engine answered ({engine}: {reason}); read known pages with read_page instead, or set"
            " BROWSER_SEARXNG_URL to a SearXNG instance",
            engine=engine,
        )


class PageEmpty(ReadFailed):
    """The page was loaded and has no text that a person could see."""

    code = "page_empty"

    def __init__(self, url: str, reason: str = "") -> None:
        super().__init__(f"{url} has no visible text{f' ({reason})' if reason else ''}", url=url)


class ChromiumMissing(ReadFailed):
    """The page needs a browser and there is none on this machine, or it does not start."""

    status = 503
    code = "chromium_missing"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url} needs a browser to be read and {reason}; static pages work without", url=url)
