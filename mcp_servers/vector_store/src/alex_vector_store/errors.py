"""What can go wrong beyond the edge's own errors.

ServiceError
├── InvalidInput
│   └── InvalidField            422  invalid_input          one field of the request, named
├── NotFound
│   └── DocumentNotFound        404  document_not_found     no such id, or another owner's
├── UpstreamUnavailable         503  upstream_unavailable   the embedder or S3 Vectors does not answer
├── EmbedderFailed              503  embedder_failed        the embedder answered, but not with vectors
├── StoreThrottled              503  store_throttled        S3 Vectors takes no more calls for now
├── StoreForbidden              503  store_forbidden        the credentials may not use the index
├── StoreRefused                500  store_refused          S3 Vectors found the request wrong: a fault of ours
└── DocumentDamaged             500  document_damaged       a stored document misses a part
"""

from alex_edge import InvalidInput, NotFound, ServiceError


class InvalidField(InvalidInput):
    """One field of the request cannot be used."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}", field=field)
        self.field = field
        self.problem = problem


class DocumentNotFound(NotFound):
    """There is no document with this id for this owner."""

    code = "document_not_found"

    def __init__(self, document_id: str) -> None:
        super().__init__(
            f"no document {document_id!r}; list_documents or search gives the ids", document_id=document_id
        )


class EmbedderFailed(ServiceError):
    """The embedder answered that it cannot embed now; `cause` is the code of its own error, where it gave one."""

    status = 503
    code = "embedder_failed"

    def __init__(self, reason: str, cause: str = "") -> None:
        named = {"cause": cause} if cause else {}
        super().__init__(f"embedder failed: {reason}; nothing was stored", upstream="embedder", **named)


class StoreThrottled(ServiceError):
    """S3 Vectors refuses calls for their number, after all retries too."""

    status = 503
    code = "store_throttled"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"S3 Vectors takes no more calls for now ({reason}); nothing is lost: repeat the call in a minute",
            upstream="S3 Vectors",
        )


class StoreForbidden(ServiceError):
    """The credentials may not use the index."""

    status = 503
    code = "store_forbidden"

    def __init__(self, index: str, reason: str) -> None:
        super().__init__(
            f"S3 Vectors refuses access to {index!r} ({reason}); allow s3vectors:* on it to this service's role",
            upstream="S3 Vectors",
        )


class StoreRefused(ServiceError):
    """S3 Vectors found the request itself wrong."""

    code = "store_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"S3 Vectors refused the request ({reason})", upstream="S3 Vectors")


class DocumentDamaged(ServiceError):
    """A stored document misses a part; ingesting it again mends it."""

    code = "document_damaged"

    def __init__(self, document_id: str, key: str) -> None:
        super().__init__(
            f"document {document_id!r} misses its part {key!r}; ingest it again", document_id=document_id, key=key
        )
