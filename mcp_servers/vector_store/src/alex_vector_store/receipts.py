"""What an idempotency key led to, kept beside the documents.

The identity of a document already makes most repetitions harmless. A receipt covers the rest: a call whose answer was
lost, repeated after somebody else has stored a newer text under the same URL, must not bring the old text back.
"""

import hashlib

from alex_vector_store.clients.vector_index import VectorIndex
from alex_vector_store.errors import InvalidField
from alex_vector_store.records import HEAD_CHUNK, Record, Vector
from alex_vector_store.schemas import IngestRequest, IngestResult

MAX_KEY_CHARACTERS = 256


async def find_receipt(index: VectorIndex, owner: str, key: str, request: IngestRequest) -> IngestResult | None:
    """Return what the call with this idempotency key answered, or None if there was none.

    Raises:
        InvalidField: the key is empty or too long, or was used with another document.
    """
    if not 0 < len(key) <= MAX_KEY_CHARACTERS:
        raise InvalidField("idempotency key", f"must have 1 to {MAX_KEY_CHARACTERS} characters")
    vector_key = _vector_key(owner, key)
    stored = (await index.get([vector_key])).get(vector_key)
    if stored is None:
        return None
    if stored.metadata["content_hash"] != _fingerprint(request):
        raise InvalidField("idempotency key", "was used to store another document; use a new one")
    return IngestResult.model_validate_json(str(stored.metadata["receipt"]))


def receipt_record(owner: str, key: str, request: IngestRequest, result: IngestResult, vector: Vector) -> Record:
    """Return the record of what the call answered; it goes when its document is deleted."""
    return Record(
        _vector_key(owner, key),
        vector,
        {
            "owner": owner,
            "document_id": result.document_id,
            "state": "receipt",
            "chunk": HEAD_CHUNK,
            "content_hash": _fingerprint(request),
            "receipt": result.model_dump_json(),
        },
    )


def _vector_key(owner: str, key: str) -> str:
    return f"receipt_{hashlib.sha256(f'{owner}/{key}'.encode()).hexdigest()[:32]}"


def _fingerprint(request: IngestRequest) -> str:
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()
