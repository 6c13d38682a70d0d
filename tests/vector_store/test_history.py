"""What became of documents over time: versions, changes since a moment, lists of one kind."""

import httpx2
import pytest

pytestmark = pytest.mark.anyio


async def ingest(http: httpx2.AsyncClient, text: str, day: str, **fields: object) -> dict[str, str]:
    """Store a text as read on a day of November 2026; its address unless given is always the same."""
    body = {"title": "Lumina", "url": "https://news.example/lumina", "fetched_at": f"2026-11-{day}"} | fields
    answer = await http.post("/ingest", json=body | {"text": text})
    assert answer.status_code == 200, answer.text
    stored: dict[str, str] = answer.json()
    return stored


async def changes(http: httpx2.AsyncClient, day: str, **options: str) -> list[tuple[str, str, str | None]]:
    """Ask what changed since a day: document, kind of change, version before."""
    answer = await http.get("/changes", params={"since": f"2026-11-{day}"} | options)
    assert answer.status_code == 200, answer.text
    return [(one["document_id"], one["change"], one["previous_version_id"]) for one in answer.json()["changes"]]


async def test_versions_are_listed_current_first(http: httpx2.AsyncClient) -> None:
    """Each can be read by its id; the one that search shows is marked, also when an earlier text came back."""
    first = await ingest(http, "Lumina hires.", "01")
    second = await ingest(http, "Lumina fires.", "02", title="Lumina again")
    listed = (await http.get(f"/documents/{second['version_id']}/versions")).json()
    assert listed["document_id"] == first["document_id"]
    told = [(one["version_id"], one["title"], one["fetched_at"][:10], one["current"]) for one in listed["versions"]]
    assert told == [
        (second["version_id"], "Lumina again", "2026-11-02", True),
        (first["version_id"], "Lumina", "2026-11-01", False),
    ]
    assert {one["total_chars"] for one in listed["versions"]} == {13}
    await ingest(http, "Lumina hires.", "03")
    back = (await http.get(f"/documents/{first['document_id']}/versions")).json()["versions"]
    assert [(one["version_id"], one["current"]) for one in back] == [
        (first["version_id"], True),
        (second["version_id"], False),
    ]


async def test_changes_tell_new_documents_from_new_versions(http: httpx2.AsyncClient) -> None:
    """The version before is the one that was stored at the moment that is asked for."""
    first = await ingest(http, "Lumina hires.", "01")
    second = await ingest(http, "Lumina fires.", "05")
    await ingest(http, "Lumina rests.", "08")
    other = await ingest(http, "Bread is baked.", "07", url="https://news.example/bread")
    lumina, bread = first["document_id"], other["document_id"]
    assert await changes(http, "09") == []
    assert await changes(http, "06") == [(lumina, "updated", second["version_id"]), (bread, "new", None)]
    assert await changes(http, "02") == [(lumina, "updated", first["version_id"]), (bread, "new", None)]
    assert await changes(http, "01") == [(lumina, "new", None), (bread, "new", None)]
    await http.delete(f"/documents/{bread}")
    assert [one[0] for one in await changes(http, "01")] == [lumina]


async def test_the_same_again_is_no_change(http: httpx2.AsyncClient) -> None:
    """A page that was read again and had the same text has not changed."""
    await ingest(http, "Lumina hires.", "01")
    await ingest(http, "Lumina hires.", "09")
    assert await changes(http, "02") == []


async def test_changes_come_in_pages(http: httpx2.AsyncClient) -> None:
    """Latest first; the cursor leads to the next page, and the total counts all."""
    for day in ("01", "02", "03"):
        await ingest(http, f"Text of {day}", day, url=f"https://news.example/{day}")
    first = (await http.get("/changes", params={"since": "2026-11-02", "limit": 1})).json()
    assert (first["since"], first["total"], first["changes"][0]["url"][-2:]) == ("2026-11-02T00:00:00Z", 2, "03")
    rest = {"since": "2026-11-02", "limit": 1, "cursor": first["next_cursor"]}
    second = (await http.get("/changes", params=rest)).json()
    assert ([one["url"][-2:] for one in second["changes"]], second["next_cursor"]) == (["02"], None)


async def test_lists_are_of_one_kind_or_of_all_but_one(http: httpx2.AsyncClient) -> None:
    """The findings of the researcher are documents too, and would hide what was read."""
    page = await ingest(http, "Lumina hires.", "01")
    finding = await ingest(http, "A claim.", "02", url=None, kind="finding")
    for options, wanted in (({"kind": "finding"}, [finding]), ({"exclude_kind": "finding"}, [page])):
        listed = (await http.get("/documents", params=options)).json()
        assert [one["document_id"] for one in listed["documents"]] == [one["document_id"] for one in wanted]
        assert listed["documents"][0]["version_id"] == wanted[0]["version_id"]
        assert listed["total"] == 1
        assert [one[0] for one in await changes(http, "01", **options)] == [one["document_id"] for one in wanted]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/changes", 422, "invalid_input"),
        ("/changes?since=soon", 422, "invalid_input"),
        ("/changes?since=2026-11-01&cursor=x", 422, "invalid_input"),
        ("/documents?kind=Not+a+kind", 422, "invalid_input"),
        ("/documents/doc_1/versions", 422, "invalid_input"),
        (f"/documents/doc_{'0' * 32}/versions", 404, "document_not_found"),
    ],
)
async def test_what_cannot_be_used_is_named(http: httpx2.AsyncClient, path: str, status: int, code: str) -> None:
    """Bad input never gives a stack trace or a 500."""
    answer = await http.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


async def test_another_owner_sees_no_history(http: httpx2.AsyncClient) -> None:
    """Every query is filtered by owner on the server."""
    stored = await ingest(http, "Lumina hires.", "01")
    bob = {"x-alex-owner": "bob"}
    answer = await http.get(f"/documents/{stored['document_id']}/versions", headers=bob)
    assert answer.status_code == 404
    assert (await http.get("/changes", params={"since": "2020-01-01"}, headers=bob)).json()["changes"] == []
