"""Storing, finding, reading, deleting: over HTTP, with the real embedder and the real local_aws behind."""

import asyncio
from hashlib import sha256

import boto3
import httpx2
import pytest
from alex_edge import EdgeSettings
from alex_vector_store.app import create_app
from alex_vector_store.records import NON_FILTERABLE_KEYS
from alex_vector_store.settings import VectorStoreSettings
from pydantic import SecretStr

from tests.service_process import KEY
from tests.vector_store.conftest import HEADERS

pytestmark = pytest.mark.anyio
URL = "https://news.example/lumina"
TEXT = (
    "# Lumina Robotics\n\nLumina Robotics reported revenue of 412 million dollars for the third quarter. "
    "Orders for warehouse robots rose by a third.\n\n## Outlook\n\nThe board expects a dividend of 0.40 dollars.\n"
)
LONG = "\n\n".join(
    f"## Part {n}\n\n" + " ".join(f"Figure {n}.{m} shows deliveries of {n * m} units to plant {m}." for m in range(30))
    for n in range(40)
)


async def ingest(http: httpx2.AsyncClient, owner: str = "local", **fields: object) -> dict[str, object]:
    body = {"title": "Lumina Q3", "text": TEXT, "url": URL, "published_at": "2026-10-28"} | fields
    answer = await http.post("/ingest", json=body, headers={"x-alex-owner": owner})
    assert answer.status_code == 200, answer.text
    stored: dict[str, object] = answer.json()
    return stored


async def search(
    http: httpx2.AsyncClient, query: str, owner: str = "local", /, **fields: object
) -> list[dict[str, object]]:
    answer = await http.post("/search", json={"query": query} | fields, headers={"x-alex-owner": owner})
    assert answer.status_code == 200, answer.text
    passages: list[dict[str, object]] = answer.json()["passages"]
    return passages


async def listed(http: httpx2.AsyncClient, owner: str = "local") -> dict[str, object]:
    answer: dict[str, object] = (await http.get("/documents", headers={"x-alex-owner": owner})).json()
    return answer


async def test_an_ingested_document_is_found_with_its_source(http: httpx2.AsyncClient) -> None:
    """The chain's reason to exist: found again by meaning, with title, URL and dates."""
    stored = await ingest(http, fetched_at="2026-11-01T10:00:00+02:00")
    assert stored["status"] == "created"
    assert stored["content_hash"] == f"sha256:{sha256(TEXT.encode()).hexdigest()}"
    await ingest(http, url="https://news.example/bread", title="Baking", text="Bread needs flour, water and time.")
    passage = (await search(http, "How much did Lumina sell?"))[0]
    assert passage["text"] == TEXT[int(str(passage["start"])) : int(str(passage["end"]))]
    assert (passage["document_id"], passage["title"], passage["url"]) == (stored["document_id"], "Lumina Q3", URL)
    assert (passage["published_at"], passage["fetched_at"]) == ("2026-10-28T00:00:00Z", "2026-11-01T08:00:00Z")
    assert 0.3 < float(str(passage["score"])) <= 1


async def test_the_same_document_twice_changes_nothing(http: httpx2.AsyncClient) -> None:
    """Ingest is idempotent by document identity; other spellings of the URL are the same document."""
    first = await ingest(http)
    again = await ingest(http, url=URL + "?utm_source=mail#top", fetched_at="2026-11-20")
    undated = await ingest(http, published_at=None)
    assert again == undated == first | {"status": "unchanged"}
    assert (await listed(http))["total"] == 1


async def test_a_new_text_under_the_same_url_supersedes_the_old_one(http: httpx2.AsyncClient) -> None:
    """Search shows the new version only; the old one stays readable by its version id."""
    first = await ingest(http, text=LONG)
    second = await ingest(http, text="Lumina Robotics cancelled its dividend.")
    assert (second["document_id"], second["status"]) == (first["document_id"], "updated")
    assert [p["version_id"] for p in await search(http, "deliveries to plant 7", limit=50)] == [second["version_id"]]
    latest = (await http.get(f"/documents/{first['document_id']}")).json()
    assert latest["text"] == "Lumina Robotics cancelled its dividend."
    old = (await http.get(f"/documents/{first['version_id']}", params={"max_chars": 100_000})).json()
    assert (old["text"], old["content_hash"]) == (LONG, first["content_hash"])
    assert (await listed(http))["total"] == 1


async def test_going_back_to_an_earlier_text_shows_it_again(http: httpx2.AsyncClient) -> None:
    """A page may be corrected back."""
    first = await ingest(http)
    await ingest(http, text="Another text about bread.")
    assert await ingest(http) == first | {"status": "updated"}
    assert {p["version_id"] for p in await search(http, "Lumina", limit=50)} == {first["version_id"]}


async def test_a_slice_is_exact_wherever_it_is_cut(http: httpx2.AsyncClient) -> None:
    """`text` is `document[start:end]`, over the borders of passages and of groups of passages."""
    text = LONG * 4
    stored = await ingest(http, text=text)
    assert int(str(stored["chunks"])) > 200
    for start in (0, 1, 777, len(text) // 2, len(text) - 10, len(text)):
        answer = (
            await http.get(f"/documents/{stored['document_id']}", params={"start": start, "max_chars": 5000})
        ).json()
        assert answer["text"] == text[start : start + 5000]
        assert (answer["start"], answer["end"]) == (start, min(len(text), start + 5000))
        assert answer["total_chars"] == len(text)
    beyond = await http.get(f"/documents/{stored['document_id']}", params={"start": len(text) + 1})
    assert beyond.status_code == 422


async def test_another_owner_sees_nothing(http: httpx2.AsyncClient) -> None:
    """Every query is filtered by owner on the server; another owner's id is as good as none."""
    stored = await ingest(http, owner="ann")
    assert await search(http, "Lumina revenue", "bob") == []
    assert (await listed(http, "bob"))["total"] == 0
    for method, document_id in (("GET", "document_id"), ("GET", "version_id"), ("DELETE", "document_id")):
        answer = await http.request(method, f"/documents/{stored[document_id]}", headers={"x-alex-owner": "bob"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "document_not_found")
    assert (await listed(http, "ann"))["total"] == 1
    assert (await ingest(http, owner="bob"))["status"] == "created"


async def test_filters_narrow_the_search(http: httpx2.AsyncClient) -> None:
    """By kind, URL and date of publication; a document without a date matches no date filter."""
    await ingest(http, url="https://a.example/1", published_at="2026-01-15", kind="filing")
    await ingest(http, url="https://a.example/2", published_at="2026-06-15")
    await ingest(http, url="https://a.example/3", published_at=None)

    async def found(**filters: object) -> set[str]:
        return {str(p["url"])[-1] for p in await search(http, "Lumina", limit=50, **filters)}

    assert await found() == {"1", "2", "3"}
    assert await found(kind="filing") == {"1"}
    assert await found(url="https://A.example/2#x") == {"2"}
    assert await found(published_after="2026-06-15") == {"2"}
    assert await found(published_before="2026-06-15") == {"1"}
    assert await found(published_after="2026-01-01", published_before="2026-12-31T00:00:00Z") == {"1", "2"}
    assert await found(published_after="2027-01-01") == set()


async def test_documents_are_listed_by_page_latest_first(http: httpx2.AsyncClient) -> None:
    """Each once, and how many there are."""
    for n in range(5):
        await ingest(http, url=f"https://a.example/{n}", fetched_at=f"2026-11-0{n + 1}")
    first = (await http.get("/documents", params={"limit": 3})).json()
    rest = (await http.get("/documents", params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert [d["url"][-1] for d in first["documents"] + rest["documents"]] == ["4", "3", "2", "1", "0"]
    assert (first["total"], rest["total"], rest["next_cursor"]) == (5, 5, None)


@pytest.mark.parametrize("seconds", ["apart", "the same"])
async def test_more_documents_than_one_query_gives_are_listed_too(
    http: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    """Every page comes in order and each document once, whether they were fetched one by one or all at once."""
    monkeypatch.setattr("alex_vector_store.heads.MAX_TOP_K", 5)
    for n in range(23):
        moment = n % 12 if seconds == "apart" else 7
        await ingest(http, url=f"https://a.example/{n}", text=f"Note {n}.", fetched_at=f"2026-11-01T00:00:{moment:02}Z")
    pages: list[list[dict[str, object]]] = []
    cursor = ""
    while not pages or cursor:
        params = {"limit": "4"} | ({"cursor": cursor} if cursor else {})
        answer = (await http.get("/documents", params=params)).json()
        pages.append(answer["documents"])
        cursor = answer["next_cursor"]
        assert answer["total"] is None
    listed_documents = [document for page in pages for document in page]
    assert [len(page) for page in pages] == [4, 4, 4, 4, 4, 3]
    assert len({document["url"] for document in listed_documents}) == 23
    keys = [(str(document["fetched_at"]), str(document["document_id"])) for document in listed_documents]
    assert keys == sorted(sorted(keys, key=lambda key: key[1]), key=lambda key: key[0], reverse=True)


async def test_a_document_without_a_title_is_called_by_its_first_line(http: httpx2.AsyncClient) -> None:
    """Not every text has a title; a blank one says nothing either."""
    stored = await ingest(http, title=None, url=None, text="\n## Rent \n\nIt is due on the first.\n")
    assert await ingest(http, title=" ", url=None, text="\n## Rent \n\nIt is due on the first.\n") == stored | {
        "status": "unchanged"
    }
    document = (await http.get(f"/documents/{stored['document_id']}")).json()
    assert document["title"] == "Rent"


async def test_a_passage_inside_a_table_knows_its_columns(http: httpx2.AsyncClient) -> None:
    """Figures without the names of their columns say nothing to a model."""
    rows = "".join(f"| Plant {n} | {n * 1000} | {n * 17} |\n" for n in range(90))
    await ingest(http, text=f"# Output\n\n| Plant | Units 2025 | Units 2024 |\n|---|---|---|\n{rows}")
    passages = await search(http, "units of plant 80 in 2025", limit=50)
    sections = {int(str(passage["chunk"])): passage["section"] for passage in passages}
    assert sections[0] == "Output"
    assert {section for chunk, section in sections.items() if chunk > 0} == {
        "Output > | Plant | Units 2025 | Units 2024 |"
    }


async def test_a_deleted_document_is_gone_with_all_its_versions(http: httpx2.AsyncClient) -> None:
    """Nothing is found, listed or readable any more."""
    first = await ingest(http, text=LONG)
    await ingest(http)
    other = await ingest(http, url="https://a.example/other")
    answer = await http.delete(f"/documents/{first['document_id']}")
    assert answer.json() == {"document_id": first["document_id"], "deleted": True}
    for gone in (first["document_id"], first["version_id"]):
        assert (await http.get(f"/documents/{gone}")).status_code == 404
    assert {p["document_id"] for p in await search(http, "deliveries", limit=50)} == {other["document_id"]}
    assert (await http.delete(f"/documents/{first['document_id']}")).status_code == 404
    assert (await ingest(http, text=LONG))["status"] == "created"


async def test_documents_without_a_url_are_told_apart_by_content(http: httpx2.AsyncClient) -> None:
    """A note has no address; the same note twice is one."""
    first = await ingest(http, url=None)
    assert (await ingest(http, url=None))["status"] == "unchanged"
    assert (await ingest(http, url=None, text="Another note."))["document_id"] != first["document_id"]


async def test_two_at_once_store_one_document(http: httpx2.AsyncClient) -> None:
    """A retry may overtake the call it repeats."""
    results = await asyncio.gather(*(ingest(http) for _ in range(4)))
    assert sorted(str(r["status"]) for r in results) == ["created", "unchanged", "unchanged", "unchanged"]
    assert (await listed(http))["total"] == 1


async def test_control_characters_are_removed(http: httpx2.AsyncClient) -> None:
    """What is stored is clean, and its hash is of what is stored."""
    stored = await ingest(http, text="Revenue\x00 grew\r\nby\x1b 12 %.\x7f\u2028")
    document = (await http.get(f"/documents/{stored['document_id']}")).json()
    assert document["text"] == "Revenue grew\nby 12 %."
    assert stored["content_hash"] == f"sha256:{sha256(document['text'].encode()).hexdigest()}"


async def test_modes_find_by_meaning_and_by_word(http: httpx2.AsyncClient) -> None:
    """A part number means nothing to the model; the question in other words shares none with the text."""
    await ingest(http, url="https://a.example/part", title="Spare parts", text="Valve QX77431 is out of stock.")
    await ingest(http, url="https://a.example/bread", title="Baking", text="Bread needs flour, water and time.")
    await ingest(http)

    async def titles(query: str, mode: str) -> list[str]:
        return [str(p["title"]) for p in await search(http, query, mode=mode)]

    assert await titles("What about QX77431?", "text") == ["Spare parts"]
    assert await titles("How do I make a loaf?", "text") == []
    assert (await titles("How do I make a loaf?", "vector"))[0] == "Baking"
    assert (await titles("How do I make a loaf?", "hybrid"))[0] == "Baking"
    assert (await titles("Is QX77431 there?", "hybrid"))[0] == "Spare parts"
    assert await search(http, "QX77431", "bob", mode="text") == []


async def test_an_index_made_without_text_search_is_given_it(
    http: httpx2.AsyncClient, settings: VectorStoreSettings
) -> None:
    """Terraform has no words for it, and earlier versions did not ask for it."""
    client = boto3.client("s3vectors")
    await ingest(http)
    client.delete_index(vectorBucketName=settings.bucket, indexName=settings.index)
    client.create_index(
        vectorBucketName=settings.bucket,
        indexName=settings.index,
        dataType="float32",
        dimension=384,
        distanceMetric="cosine",
        metadataConfiguration={"nonFilterableMetadataKeys": list(NON_FILTERABLE_KEYS)},
    )
    client.close()
    restarted = create_app(EdgeSettings(api_keys=(SecretStr(KEY),)), settings)
    async with (
        restarted.router.lifespan_context(restarted),
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=restarted), base_url="http://vector-store", headers=HEADERS
        ) as again,
    ):
        await ingest(again)
        assert [p["title"] for p in await search(again, "Lumina warehouse robots", mode="text")] == ["Lumina Q3"]
