"""Every operation, member, constraint and error of botocore's own service model, tried against the server.

The requests are made from the model, so an operation or a member that a newer botocore adds fails here until it is
served.
"""

import http.client
import json
from typing import Any
from urllib.parse import quote, urlsplit

import botocore.session
import pytest
from alex_local_aws.wire import errors
from botocore.model import StructureShape

from tests.local_aws.conftest import Index, LocalAws

MODEL = botocore.session.get_session().get_service_model("s3vectors")
OPERATIONS: list[Any] = [MODEL.operation_model(name) for name in MODEL.operation_names]
IN_PATH = ("resourceArn", "tagKeys")
UNREACHABLE = {
    "AccessDeniedException",
    "KmsDisabledException",
    "KmsInvalidKeyUsageException",
    "KmsInvalidStateException",
    "KmsNotFoundException",
    "RequestTimeoutException",
    "ServiceQuotaExceededException",
    "ServiceUnavailableException",
    "TooManyRequestsException",
}
"""Errors of access, keys, quotas and load, none of which a server on a laptop has."""


def call(server: LocalAws, operation: Any, members: dict[str, Any]) -> tuple[int, str, Any]:
    """Send `members` as they are; return status, error code and body."""
    path = operation.http["requestUri"]
    body = dict(members)
    if "{resourceArn}" in path:
        path = path.replace("{resourceArn}", quote(str(body.pop("resourceArn", "")), safe=""))
    if operation.http["method"] == "DELETE":
        path += "?" + "&".join(f"tagKeys={quote(str(key))}" for key in body.pop("tagKeys", None) or [])
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    connection.request(operation.http["method"], path, json.dumps(body) if body else None)
    answer = connection.getresponse()
    content = json.loads(answer.read() or b"null")
    connection.close()
    return answer.status, answer.headers.get("x-amzn-errortype", ""), content


def example(shape: Any, index: Index, name: str = "") -> Any:
    """Return a value of `shape` that is right for an index of two dimensions."""
    arn = f"arn:aws:s3vectors:us-east-1:000000000000:bucket/{index.bucket}"
    known: dict[str, Any] = {
        "vectorBucketName": index.bucket,
        "indexName": index.name,
        "resourceArn": arn,
        "float32": [1.0, 0.5],
        "policy": '{"Statement": [{}]}',
        "dimension": 2,
        "defaultIndexMode": "ENHANCED",
        "indexMode": "ENHANCED",
        "metadata": {"a": 1},
        "filter": {"a": 1},
    }
    if name in known:
        return known[name]
    if isinstance(shape, StructureShape):
        return {member: example(shape.members[member], index, member) for member in shape.required_members} or (
            {member: example(inner, index, member) for member, inner in shape.members.items()}
        )
    if shape.type_name == "list":
        return [example(shape.member, index)]
    if shape.type_name == "map":
        return {"key": "value"}
    enum = getattr(shape, "enum", None)
    return {"string": enum[0] if enum else "text", "integer": 1, "boolean": True, "float": 1.0}[shape.type_name]


def request_for(operation: Any, index: Index) -> dict[str, Any]:
    """Return a request with the required members, and what names its bucket or index."""
    shape = operation.input_shape
    members = {name: example(shape.members[name], index, name) for name in shape.required_members}
    for name in ("vectorBucketName", "indexName"):
        if name in shape.members:
            members.setdefault(name, example(shape.members[name], index, name))
    if operation.name == "QueryVectors":
        members["queryVector"] = {"float32": [1.0, 0.5]}
    if operation.name == "UpdateMetadataConfiguration":
        members["add"] = {"textSearchConfigurations": [{"metadataKey": "text"}]}
    if operation.name.startswith("Create"):
        name = "vectorBucketName" if operation.name == "CreateVectorBucket" else "indexName"
        members[name] = f"created-{index.name}"
    return members


def violations(shape: Any, index: Index) -> list[Any]:
    """Return values that break a constraint of `shape`."""
    if getattr(shape, "enum", None):
        return ["no-such-value"]
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    return {"string": _texts, "integer": _integers, "list": _lists}.get(shape.type_name, _others)(
        shape, index, low, high
    )


def _texts(shape: Any, _: Index, low: int | None, high: int | None) -> list[Any]:
    too_short = ["a" * (low - 1)] if low else []
    too_long = ["a" * (high + 1)] if high else []
    return [*too_short, *too_long, *(["\n"] if shape.metadata.get("pattern") else []), 1]


def _integers(_: Any, __: Index, low: int | None, high: int | None) -> list[Any]:
    return [*([] if low is None else [low - 1]), *([] if high is None else [high + 1]), "text", 1.5]


def _lists(shape: Any, index: Index, low: int | None, high: int | None) -> list[Any]:
    too_long = [[example(shape.member, index)] * (high + 1)] if high else []
    return [*([[]] if low else []), *too_long, "text"]


def _others(*_: object) -> list[Any]:
    return ["text"]


def members_of(operation: Any) -> list[str]:
    """Return the members in the body of a request, without the documents, which have no constraints."""
    shape = operation.input_shape
    return [
        name
        for name, member in shape.members.items()
        if not getattr(member, "is_document_type", False) and name not in IN_PATH
    ]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_operation_answers_with_the_members_of_its_output(
    operation: Any, index: Index, shared_server: LocalAws
) -> None:
    """A right request succeeds with the model's status, with all required members and no others."""
    if operation.name == "GetVectorBucketPolicy":
        index.client.put_vector_bucket_policy(vectorBucketName=index.bucket, policy='{"Statement": [{}]}')
    members = request_for(operation, index)
    if operation.name == "DeleteVectorBucket":
        index.client.delete_index(vectorBucketName=index.bucket, indexName=index.name)
    status, code, content = call(shared_server, operation, members)
    assert (status, code) == (operation.http.get("responseCode", 200), ""), content
    output = operation.output_shape
    assert set(output.required_members) <= set(content) <= set(output.members)


@pytest.mark.parametrize(
    ("operation", "member"),
    [
        (operation, name)
        for operation in OPERATIONS
        for name in operation.input_shape.required_members
        if name not in IN_PATH
    ],
    ids=lambda part: part if isinstance(part, str) else part.name,
)
def test_every_required_member_is_missed(operation: Any, member: str, index: Index, shared_server: LocalAws) -> None:
    """ValidationException 400 with the member in fieldList."""
    members = request_for(operation, index)
    del members[member]
    status, code, content = call(shared_server, operation, members)
    assert (status, code) == (400, "ValidationException"), content
    assert [field["path"] for field in content["fieldList"]] == [f"/{member}"]
    assert "must not be null" in content["message"]


@pytest.mark.parametrize(
    ("operation", "member"),
    [(operation, name) for operation in OPERATIONS for name in members_of(operation)],
    ids=lambda part: part if isinstance(part, str) else part.name,
)
def test_every_constraint_of_every_member_is_enforced(
    operation: Any, member: str, index: Index, shared_server: LocalAws
) -> None:
    """ValidationException 400 that names the member, for every value the model forbids."""
    shape = operation.input_shape.members[member]
    for value in violations(shape, index):
        members = {**request_for(operation, index), member: value}
        status, code, content = call(shared_server, operation, members)
        assert (status, code) == (400, "ValidationException"), (value, content)
        assert any(field["path"].startswith(f"/{member}") for field in content["fieldList"]), content


@pytest.mark.parametrize(
    "shape", [shape for shape in MODEL.error_shapes if shape.name not in UNREACHABLE], ids=lambda shape: shape.name
)
def test_every_error_that_can_happen_is_defined_as_in_the_model(shape: Any) -> None:
    """Name, status and required members."""
    error = getattr(errors, shape.name)("message")
    assert error.code == shape.name
    assert error.status == shape.metadata.get("error", {}).get("httpStatusCode", 400)
    assert set(shape.required_members) <= set(error.body())


@pytest.mark.parametrize(
    "operation",
    [operation for operation in OPERATIONS if "NotFoundException" in {error.name for error in operation.error_shapes}],
    ids=lambda operation: operation.name,
)
def test_an_operation_on_what_is_not_there_is_not_found(operation: Any, index: Index, shared_server: LocalAws) -> None:
    """NotFoundException 404 wherever the model lists it."""
    members = request_for(operation, index)
    for name in ("vectorBucketName", "resourceArn"):
        if name in members:
            members[name] = members[name].replace(index.bucket, "not-there")
    status, code, _ = call(shared_server, operation, members)
    assert (status, code) == (404, "NotFoundException")
