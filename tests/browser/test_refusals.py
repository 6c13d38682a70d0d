"""Pages that cannot or must not be read: each ends with a reason, within its time."""

import itertools
import json

import pytest
from alex_browser import addresses, egress_proxy, fetching
from alex_browser.errors import AddressRefused, PageUnreachable

from tests.browser import local_site
from tests.browser.conftest import BODY_LIMIT
from tests.browser.running import Reader

pytestmark = pytest.mark.anyio

_NUMBERS = itertools.count()
"""A new name for each case: what a name server said is kept."""
PUBLIC = "192.0.0.9"
"""Port Control Protocol anycast (RFC 7723): counts as public, and no host of this machine or of a site has it."""
PRIVATE = {
    "dotted": "http://127.0.0.1:1/",
    "decimal": "http://2130706433/",
    "hexadecimal": "http://0x7f000001/",
    "octal": "http://0177.0.0.1/",
    "short": "http://127.1/",
    "zero": "http://0.0.0.0/",
    "name": "http://localhost:1/",
    "trailing dot": "http://localhost.:1/",
    "private 10": "http://10.0.0.1/",
    "private 172": "http://172.16.0.1/",
    "private 192": "http://192.168.1.1/",
    "carrier": "http://100.64.0.1/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "multicast": "http://224.0.0.1/",
    "ipv6 loopback": "http://[::1]/",
    "ipv6 any": "http://[::]/",
    "ipv4 mapped": "http://[::ffff:127.0.0.1]/",
    "ipv4 mapped hexadecimal": "http://[::ffff:7f00:1]/",
    "ipv4 compatible": "http://[::127.0.0.1]/",
    "6to4": "http://[2002:7f00:1::]/",
    "nat64": "http://[64:ff9b::7f00:1]/",
    "unique local": "http://[fd00::1]/",
    "link local": "http://[fe80::1]/",
    "full width": "http://\uff11\uff12\uff17.0.0.1/",
}


@pytest.mark.parametrize("render", ["never", "always"])
@pytest.mark.parametrize("url", PRIVATE.values(), ids=PRIVATE)
async def test_an_address_that_is_not_public_is_refused(reader: Reader, url: str, render: str) -> None:
    """Ours: no spelling of a private address is connected to, by plain HTTP or by Chromium."""
    message = await reader.refusal(url, render=render)

    assert "not a public address" in message or "Invalid" in message


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_a_redirect_to_a_private_address_is_refused(reader: Reader, site: str, render: str) -> None:
    """Ours: every hop is checked, not only the URL that was asked for."""
    message = await reader.refusal(f"{site}/redirect?to=http://169.254.169.254/latest/", render=render)

    assert "169.254.169.254:80 is refused" in message


async def test_a_page_cannot_make_chromium_look_inside(reader: Reader, site: str) -> None:
    """Ours: requests of the page itself go through the same check."""
    page = await reader.read(f"{site}/private-subresource.html")

    assert "The page tried to look inside" in page.text
    assert "3 requests of the page to addresses that are not public were refused" in page.notes


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http:// and https://"),
        ("data:text/html,hello", "only http:// and https://"),
        ("chrome://version", "only http:// and https://"),
        ("chrome://crash", "only http:// and https://"),
        ("javascript:alert(1)", "only http:// and https://"),
        ("ftp://example.com/x", "only http:// and https://"),
        ("not a url", "only http:// and https://"),
        ("http://", "names no host"),
        ("http://user:secret@example.com/", "user name or password"),
        ("http://example.com:99999/", "Port out of range"),
        ("http://example.com/" + "x" * 5000, "longer than"),
    ],
    ids=["file", "data", "chrome", "crash", "javascript", "ftp", "no url", "no host", "credentials", "port", "long"],
)
async def test_a_url_that_is_no_web_page_is_refused(reader: Reader, url: str, reason: str) -> None:
    """Ours: only http and https URLs of ordinary form are read, in every mode."""
    for render in ("auto", "always"):
        assert reason in await reader.refusal(url, render=render)


async def test_a_redirect_to_another_scheme_is_refused(reader: Reader, site: str) -> None:
    """Ours: a site cannot send a reader to a file."""
    assert "cannot be read" in await reader.refusal(f"{site}/redirect?to=file:///etc/passwd")


@pytest.mark.parametrize("code", [404, 500, 429])
@pytest.mark.parametrize("render", ["auto", "always"])
async def test_an_http_error_is_named(reader: Reader, site: str, code: int, render: str) -> None:
    """Ours: an error page is never given as the page."""
    message = await reader.refusal(f"{site}/status/{code}", render=render)

    assert f"{site}/status/{code} answered HTTP {code}" in message
    assert ("Retry-After: 7" in message) is (code == 429)


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_endless_redirects_end(reader: Reader, site: str, render: str) -> None:
    """Ours: redirects are followed up to a limit."""
    assert "redirects without end" in await reader.refusal(f"{site}/loop", render=render)


async def test_a_page_that_sends_its_reader_on_leads_nowhere_private(reader: Reader, site: str) -> None:
    """Ours: a refresh is checked like a redirect, and followed as far."""
    assert "169.254.169.254:80 is refused" in await reader.refusal(f"{site}/moved-inside.html")
    assert "redirects without end" in await reader.refusal(f"{site}/moved-in-circles-1.html")


async def test_a_page_that_unpacks_without_end_is_cut(reader: Reader, site: str) -> None:
    """Ours: the limit counts unpacked bytes."""
    page = await reader.read(f"{site}/bomb")

    assert page.total_chars <= BODY_LIMIT
    assert any("the rest was not read" in note for note in page.notes)


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_a_download_is_refused_by_name(reader: Reader, site: str, render: str) -> None:
    """Ours: a file is not a page; its name is told, its bytes are not taken."""
    message = await reader.refusal(f"{site}/download", render=render)

    assert "the download 'model.xlsx'" in message


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_a_page_that_never_ends_is_read_as_far_as_it_came(reader: Reader, site: str, render: str) -> None:
    """Ours: a slow drip is bounded by the whole time, and what came is not thrown away."""
    page = await reader.read(f"{site}/never-ends", render=render)

    assert "The part that came" in page.text
    assert any("did not end in time" in note or "still loading" in note for note in page.notes)


async def test_a_page_that_never_begins_is_given_up(reader: Reader, site: str) -> None:
    """Ours: endless loading ends with the time it was given."""
    assert f"{site}/never-begins did not finish within 4 s" in await reader.refusal(f"{site}/never-begins")


async def test_a_rendered_page_that_never_begins_is_given_up(reader: Reader, site: str) -> None:
    """Ours: the same through Chromium."""
    message = await reader.refusal(f"{site}/never-begins", render="always")

    assert f"{site}/never-begins did not finish within 6 s" in message


@pytest.mark.parametrize("kept_seconds", [0, 20], ids=["asked anew", "kept"])
@pytest.mark.parametrize("render", ["never", "always"])
@pytest.mark.parametrize("answers", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC]], ids=["out first", "in first"])
async def test_a_name_that_changes_its_address_leads_nowhere(  # noqa: PLR0917  fixtures and cases
    reader: Reader, site: str, monkeypatch: pytest.MonkeyPatch, render: str, answers: list[str], kept_seconds: int
) -> None:
    """Ours: the address that was checked is the one connected to, so a rebinding name never reaches the inside."""
    asked = itertools.cycle([[answer] for answer in answers])
    host = f"rebind-{next(_NUMBERS)}.example"

    async def rebinding(name: str) -> list[str]:
        return next(asked) if name == host else await look_up(name)

    look_up = addresses._look_up
    monkeypatch.setattr(addresses, "_look_up", rebinding)
    monkeypatch.setattr(addresses, "KEEP_SECONDS", kept_seconds)
    monkeypatch.setattr(fetching, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(egress_proxy, "_CONNECT_SECONDS", 0.5)
    port = site.rsplit(":", 1)[1]

    message = await reader.refusal(f"http://{host}:{port}/rebound", render=render)

    assert "refused" in message or "could not be reached" in message or "did not finish" in message
    assert local_site.asked_for("/rebound") == 0


async def test_what_a_name_server_said_is_kept_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: addresses and failures are asked for once, and what is kept is checked like what is new."""
    asked: list[str] = []

    async def look_up(name: str) -> list[str]:
        asked.append(name)
        if name == "nowhere.example":
            raise PageUnreachable(name, "there is no such host")
        return ["10.0.0.1" if name == "inside.example" else PUBLIC]

    monkeypatch.setattr(addresses, "_look_up", look_up)
    policy = addresses.AddressPolicy()

    for _ in range(2):
        assert await policy.resolve("outside.example", 443) == [PUBLIC]
        with pytest.raises(AddressRefused):
            await policy.resolve("inside.example", 443)
        with pytest.raises(PageUnreachable, match="no such host"):
            await policy.resolve("nowhere.example", 443)

    assert asked == ["outside.example", "inside.example", "nowhere.example"]


async def test_a_script_that_never_ends_is_stopped(reader: Reader, site: str) -> None:
    """Ours: what the page shows besides is read, and so is the next page; the anchor loses the session."""
    page = await reader.read(f"{site}/endless-script.html", render="always")
    after = await reader.read(f"{site}/late-fetch.html")

    assert "Words before the loop." in page.text
    assert "a script of the page did not end; it was stopped" in page.notes
    assert "4.25 million" in after.text


async def test_a_host_that_does_not_exist_is_named(reader: Reader) -> None:
    """Ours: the reason is told, in plain HTTP and through Chromium."""
    for render in ("auto", "always"):
        assert "no.such.host.invalid" in await reader.refusal("http://no.such.host.invalid/", render=render)


async def test_arguments_out_of_range_are_refused(reader: Reader, site: str) -> None:
    """Ours: the limits of the arguments are part of the tool."""
    assert "max_chars" in await reader.refusal(site, max_chars=100_001)
    assert "start" in await reader.refusal(site, start=-1)
    assert "render" in await reader.refusal(site, render="sometimes")


async def test_a_wrong_argument_is_named_in_a_line(reader: Reader) -> None:
    """Ours: a model needs the name and the reason, not a library's report with links."""
    said = await reader.refusal("https://example.com", max_chars="many", start=-1)
    assert said.startswith("read_page: ")
    assert "max_chars: " in said
    assert "start: " in said
    assert "\n" not in said
    assert "pydantic" not in said


async def test_the_key_of_the_caller_does_not_reach_a_page(reader: Reader, site: str) -> None:
    """Ours: nothing of the call is passed on to the site."""
    plain = json.loads((await reader.read(f"{site}/headers")).text)
    shown = await reader.read(f"{site}/headers", render="always")

    assert "x-api-key" not in plain
    assert "test-key" not in json.dumps(plain) + shown.text
    assert plain["user-agent"].endswith("AlexBrowser/0.1)")
