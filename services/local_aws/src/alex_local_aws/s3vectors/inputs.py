"""What the operations of S3 Vectors accept, member by member, as in botocore's `s3vectors` model of 2025-07-15."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from alex_local_aws.wire.members import WireModel

NAME_PATTERN = r"[a-z0-9][a-z0-9-.]{1,61}[a-z0-9]"
"""Of vector buckets and indexes: 3 to 63 characters."""
_ARN_PATTERN = rf"arn:aws[-a-z0-9]*:s3vectors:[a-z0-9-]+:[0-9]{{12}}:bucket/{NAME_PATTERN}"

Name = Annotated[str, Field(min_length=3, max_length=63, pattern=rf"^{NAME_PATTERN}$")]
BucketArn = Annotated[str, Field(pattern=rf"^{_ARN_PATTERN}$")]
IndexArn = Annotated[str, Field(pattern=rf"^{_ARN_PATTERN}/index/{NAME_PATTERN}$")]
Prefix = Annotated[str, Field(min_length=1, max_length=63)]
Key = Annotated[str, Field(min_length=1, max_length=1024)]
MetadataKey = Annotated[str, Field(min_length=1, max_length=63)]
Metadata = dict[str, JsonValue]
PageSize = Annotated[int, Field(ge=1, le=500)]
ShortToken = Annotated[str, Field(min_length=1, max_length=512)]
IndexMode = Literal["CLASSIC", "ENHANCED"]
DistanceMetric = Literal["euclidean", "cosine"]
_TAG_TEXT = r"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$"
TagKey = Annotated[str, Field(min_length=1, max_length=128, pattern=_TAG_TEXT)]
Tags = dict[TagKey, Annotated[str, Field(max_length=256, pattern=_TAG_TEXT)]]


class EncryptionConfiguration(WireModel):
    """Kept and answered, never applied: nothing is encrypted here."""

    sse_type: Literal["AES256", "aws:kms"] | None = None
    kms_key_arn: (
        Annotated[
            str, Field(min_length=1, max_length=2048, pattern=r"^arn:aws[-a-z0-9]*:kms:[-a-z0-9]*:[0-9]{12}:key/.+$")
        ]
        | None
    ) = None


class TextSearchConfiguration(WireModel):
    metadata_key: MetadataKey
    language: Literal["en", "fr", "es", "pt", "it", "de", "nl", "zh", "ja", "ko"] | None = None


class MetadataConfiguration(WireModel):
    non_filterable_metadata_keys: Annotated[list[MetadataKey], Field(max_length=10)] | None = None
    text_search_configurations: Annotated[list[TextSearchConfiguration], Field(max_length=10)] | None = None


class VectorData(WireModel):
    """A vector; the numbers are rounded to float32 where they are kept."""

    float32: list[float]


class BucketTarget(WireModel):
    """The bucket by name or by ARN."""

    vector_bucket_name: Name | None = None
    vector_bucket_arn: BucketArn | None = None


class IndexTarget(WireModel):
    """The index by bucket name and name, or by ARN."""

    vector_bucket_name: Name | None = None
    index_name: Name | None = None
    index_arn: IndexArn | None = None


class CreateVectorBucketInput(WireModel):
    vector_bucket_name: Name
    encryption_configuration: EncryptionConfiguration | None = None
    tags: Tags | None = None


class ListVectorBucketsInput(WireModel):
    max_results: PageSize | None = None
    next_token: ShortToken | None = None
    prefix: Prefix | None = None


class CreateIndexInput(BucketTarget):
    index_name: Name
    data_type: Literal["float32"]
    dimension: Annotated[int, Field(ge=1, le=4096)]
    distance_metric: DistanceMetric
    metadata_configuration: MetadataConfiguration | None = None
    encryption_configuration: EncryptionConfiguration | None = None
    tags: Tags | None = None


class ListIndexesInput(BucketTarget):
    max_results: PageSize | None = None
    next_token: ShortToken | None = None
    prefix: Prefix | None = None


class PutInputVector(WireModel):
    key: Key
    data: VectorData
    metadata: Metadata | None = None


class PutVectorsInput(IndexTarget):
    vectors: Annotated[list[PutInputVector], Field(min_length=1, max_length=500)]


class GetVectorsInput(IndexTarget):
    keys: Annotated[list[Key], Field(min_length=1, max_length=100)]
    return_data: bool | None = None
    return_metadata: bool | None = None


class DeleteVectorsInput(IndexTarget):
    keys: Annotated[list[Key], Field(min_length=1, max_length=500)]


class ListVectorsInput(IndexTarget):
    max_results: Annotated[int, Field(ge=1, le=1000)] | None = None
    next_token: Annotated[str, Field(min_length=1, max_length=2048)] | None = None
    segment_count: Annotated[int, Field(ge=1, le=16)] | None = None
    segment_index: Annotated[int, Field(ge=0, le=15)] | None = None
    return_data: bool | None = None
    return_metadata: bool | None = None


class QueryText(WireModel):
    text: Annotated[str, Field(min_length=1, max_length=1024)]
    metadata_key: MetadataKey


class QueryVectorsInput(IndexTarget):
    top_k: Annotated[int, Field(ge=1, le=10_000)]
    query_vector: VectorData | None = None
    filter: JsonValue = None
    query_mode: IndexMode | None = None
    return_metadata: bool | None = None
    return_distance: bool | None = None
    query_texts: Annotated[list[QueryText], Field(min_length=1, max_length=10)] | None = None
    return_scores: bool | None = None
    next_token: Annotated[str, Field(min_length=1, max_length=4096)] | None = None


class MetadataConfigurationAdd(WireModel):
    text_search_configurations: Annotated[list[TextSearchConfiguration], Field(max_length=10)] | None = None


class TextSearchConfigurationKey(WireModel):
    metadata_key: MetadataKey


class MetadataConfigurationDelete(WireModel):
    text_search_configurations: (
        Annotated[list[TextSearchConfigurationKey], Field(min_length=1, max_length=10)] | None
    ) = None


class UpdateMetadataConfigurationInput(IndexTarget):
    add: MetadataConfigurationAdd | None = None
    delete: MetadataConfigurationDelete | None = None


class UpdateIndexModeInput(IndexTarget):
    index_mode: IndexMode


class PutVectorBucketDefaultIndexModeInput(BucketTarget):
    default_index_mode: IndexMode


class PutVectorBucketPolicyInput(BucketTarget):
    policy: str


class TagResourceInput(WireModel):
    tags: Tags


class UntagResourceInput(WireModel):
    """Comes from the query string."""

    tag_keys: list[TagKey]
