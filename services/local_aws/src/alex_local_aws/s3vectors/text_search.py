"""Which metadata keys of an index are full-text searchable, and changing that."""

from collections.abc import Sequence

from pydantic import JsonValue

from alex_local_aws.engine.text_tables import STANDARD
from alex_local_aws.engine.vector_index import VectorIndex
from alex_local_aws.s3vectors.inputs import TextSearchConfiguration, UpdateMetadataConfigurationInput
from alex_local_aws.s3vectors.targets import Account, Answer
from alex_local_aws.wire.errors import ConflictException, NotFoundException, ValidationException

MOST_CONFIGURATIONS = 10
"""Searchable keys of one index (`MetadataConfigurationTextSearchConfigurationsList`)."""


def update_metadata_configuration(account: Account, request: UpdateMetadataConfigurationInput) -> Answer:
    """Add or delete searchable keys; the rows that exist are read in the background, as GetIndex tells."""
    with account.store.catalog.exclusive():
        entry, index = account.open_index(request)
        if entry.settings["indexMode"] != "ENHANCED":
            raise needs_enhanced()
        added = (request.add and request.add.text_search_configurations) or []
        deleted = [field.metadata_key for field in (request.delete and request.delete.text_search_configurations) or []]
        if bool(added) == bool(deleted):
            raise ValidationException("Must specify either add or delete, with a configuration, but not both")
        _check(index, [field.metadata_key for field in added], deleted)
        index.change_text_fields(languages(added), deleted)
    return {"indexArn": account.arns.index(entry.bucket, entry.name)}


def languages(configurations: Sequence[TextSearchConfiguration]) -> dict[str, str]:
    """Return the language of each key, `STANDARD` where none is given.

    Raises:
        ValidationException: a key occurs twice.
    """
    by_key = {field.metadata_key: field.language or STANDARD for field in configurations}
    if len(by_key) < len(configurations):
        raise ValidationException("Metadata keys of textSearchConfigurations must be distinct")
    return by_key


def describe(index: VectorIndex) -> list[JsonValue]:
    """Return the configurations as GetIndex answers them."""
    answer: list[JsonValue] = []
    for field in index.text_fields():
        language: Answer = {} if field.language == STANDARD else {"language": field.language}
        answer.append({"metadataKey": field.key, **language, "status": "ACTIVE" if field.is_built else "BUILDING"})
    return answer


def needs_enhanced() -> ValidationException:
    """Return the refusal of anything with text on a CLASSIC index."""
    return ValidationException("Full-text search requires a vector index in ENHANCED mode")


def _check(index: VectorIndex, added: Sequence[str], deleted: Sequence[str]) -> None:
    known = {field.key for field in index.text_fields()}
    for key in added:
        if key in known:
            raise ConflictException(f"A text search configuration for metadata key '{key}' already exists")
    for key in deleted:
        if key not in known:
            raise NotFoundException(f"The text search configuration for metadata key '{key}' could not be found")
    if len(known) + len(added) > MOST_CONFIGURATIONS:
        raise ValidationException(f"An index has at most {MOST_CONFIGURATIONS} text search configurations")
