"""What makes two documents the same."""

import pytest
from alex_vector_store.errors import InvalidField
from alex_vector_store.identity import canonical_url, identify_document, parse_document_id


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("HTTPS://Example.COM:443/News", "https://example.com/News"),
        ("http://example.com", "http://example.com/"),
        ("http://example.com:8090/a#part", "http://example.com:8090/a"),
        ("https://e.com/?b=2&a=1", "https://e.com/?a=1&b=2"),
        ("https://e.com/?utm_source=x&id=7&fbclid=y&gclid=z", "https://e.com/?id=7"),
        ("https://user:secret@e.com/a", "https://e.com/a"),
        ("https://e.com/a?empty=", "https://e.com/a?empty="),
        ("http://[::1]:80/a", "http://[::1]/a"),
        (" https://e.com/a ", "https://e.com/a"),
        ("https://e.com./a", "https://e.com/a"),
        ("file:///home/ann/My%20notes/a.md#part", "file:///home/ann/My%20notes/a.md"),
        ("file://localhost/c:/a.md", "file:///c:/a.md"),
        ("FILE://server/share/a.md", "file://server/share/a.md"),
    ],
)
def test_spellings_of_one_address_are_one(given: str, canonical: str) -> None:
    """Host, port, fragment, tracking and order do not make another page; the path's case does."""
    assert canonical_url(given) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "given",
    ["", "example.com", "ftp://e.com/a", "https://", "http://e.com:99999/", "javascript:1", "file:", "file:///"],
)
def test_what_is_no_web_address_is_refused(given: str) -> None:
    """The field is named."""
    with pytest.raises(InvalidField, match="url"):
        canonical_url(given)


def test_a_url_too_long_for_the_metadata_is_refused() -> None:
    """S3 Vectors allows 2 KB of filterable metadata."""
    with pytest.raises(InvalidField, match="1000"):
        canonical_url("https://e.com/" + "a" * 1000)


def test_document_ids_differ_by_owner() -> None:
    """The same page of two owners is two documents."""
    one, other = (identify_document(owner, "https://e.com/", "sha256:0") for owner in ("ann", "bob"))
    assert one != other
    assert identify_document("ann", None, "sha256:0") != identify_document("ann", None, "sha256:1")
    assert identify_document("ann", "https://e.com/", "sha256:9") == one


@pytest.mark.parametrize("given", ["", "doc_", "doc_" + "g" * 32, "doc_" + "0" * 32 + "@", "x" * 500])
def test_what_is_no_document_id_is_refused(given: str) -> None:
    """A malformed id never reaches the store."""
    with pytest.raises(InvalidField, match="document_id"):
        parse_document_id(given)
