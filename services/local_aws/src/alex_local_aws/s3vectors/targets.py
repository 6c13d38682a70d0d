"""Which bucket or index a request is about."""

from dataclasses import dataclass

from pydantic import JsonValue

from alex_local_aws.engine.catalog import Bucket, IndexEntry
from alex_local_aws.engine.store import Store
from alex_local_aws.engine.vector_index import VectorIndex
from alex_local_aws.s3vectors.arns import Arns
from alex_local_aws.s3vectors.inputs import BucketTarget, IndexMode, IndexTarget
from alex_local_aws.wire.errors import NotFoundException, ValidationException

Answer = dict[str, JsonValue]
"""The members of an operation's output."""


@dataclass(frozen=True)
class Account:
    """What every operation works on."""

    store: Store
    arns: Arns
    index_mode: IndexMode

    def find_bucket(self, target: BucketTarget) -> Bucket:
        """Return the bucket.

        Raises:
            ValidationException: it is not named, or named twice.
            NotFoundException: it does not exist.
        """
        bucket = self.store.catalog.bucket(self._bucket_name(target))
        if bucket is None:
            raise _no_bucket()
        return bucket

    def find_index(self, target: IndexTarget) -> IndexEntry:
        """Return the index; raises as `find_bucket` does."""
        bucket, name = self._index_name(target)
        entry = self.store.catalog.index(bucket, name)
        if entry is not None:
            return entry
        if self.store.catalog.bucket(bucket) is None:
            raise _no_bucket()
        raise _no_index()

    def open_index(self, target: IndexTarget) -> tuple[IndexEntry, VectorIndex]:
        """Return the index with its vectors; raises as `find_bucket` does."""
        entry = self.find_index(target)
        try:
            return entry, self.store.index(entry)
        except KeyError:
            raise _no_index() from None

    def _bucket_name(self, target: BucketTarget) -> str:
        if (target.vector_bucket_name is None) == (target.vector_bucket_arn is None):
            raise ValidationException("Must specify either vectorBucketName or vectorBucketArn but not both")
        if target.vector_bucket_name is not None:
            return target.vector_bucket_name
        parts = self.arns.parts(target.vector_bucket_arn or "")
        if parts is None:
            raise _no_bucket()
        return parts[0]

    def _index_name(self, target: IndexTarget) -> tuple[str, str]:
        by_name = target.vector_bucket_name is not None and target.index_name is not None
        by_any_name = target.vector_bucket_name is not None or target.index_name is not None
        if target.index_arn is None and by_name:
            assert target.vector_bucket_name is not None
            assert target.index_name is not None
            return target.vector_bucket_name, target.index_name
        if target.index_arn is None or by_any_name:
            raise ValidationException("Must specify either indexArn or both vectorBucketName and indexName")
        bucket, index = self.arns.parts(target.index_arn) or ("", None)
        if index is None:
            raise _no_index()
        return bucket, index


def _no_bucket() -> NotFoundException:
    return NotFoundException("The specified vector bucket could not be found")


def _no_index() -> NotFoundException:
    return NotFoundException("The specified index could not be found")
