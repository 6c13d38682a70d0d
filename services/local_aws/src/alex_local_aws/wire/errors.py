"""What an AWS service refuses with.

    AwsError
    ├── S3 Vectors (shapes and statuses of botocore's `s3vectors` model, 2025-07-15)
    │   ├── ValidationException             400
    │   ├── ServiceQuotaExceededException   402
    │   ├── NotFoundException               404
    │   ├── ConflictException               409
    │   ├── TooManyRequestsException        429
    │   ├── InternalServerException         500
    │   └── ServiceUnavailableException     503
    └── SageMaker Runtime (`sagemaker-runtime` model, 2017-05-13)
        ├── ValidationError                 400
        ├── ThrottlingException             400
        ├── ModelError                      424
        ├── ModelNotReadyException          429
        └── InternalFailure                 500

The class name is the error code on the wire.
"""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from pydantic import JsonValue


class FieldProblem(NamedTuple):
    """One member of a request that breaks a rule; `path` is a JSON pointer such as `/vectors/0/key`."""

    path: str
    message: str


class AwsError(Exception):
    """An answer other than success, with its HTTP status; the code is the name of the class."""

    status: ClassVar[int] = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def code(self) -> str:
        return type(self).__name__

    def body(self) -> dict[str, JsonValue]:
        """Return the JSON members of the error's shape."""
        return {"message": self.message}


class ValidationException(AwsError):
    """The request breaks a rule; `fields` says where, when a single member is to blame."""

    status = 400

    def __init__(self, message: str, fields: Sequence[FieldProblem] = ()) -> None:
        super().__init__(message)
        self.fields = tuple(fields)

    @classmethod
    def at(cls, path: str, message: str) -> "ValidationException":
        """Blame one member."""
        return cls(message, [FieldProblem(path, message)])

    def body(self) -> dict[str, JsonValue]:
        answer = super().body()
        if self.fields:
            answer["fieldList"] = [{"path": field.path, "message": field.message} for field in self.fields]
        return answer


class ServiceQuotaExceededException(AwsError):
    """The request would go beyond a quota of the account."""

    status = 402


class NotFoundException(AwsError):
    """There is no such bucket, index or policy."""

    status = 404


class ConflictException(AwsError):
    """The name is taken, or the bucket is not empty."""

    status = 409


class TooManyRequestsException(AwsError):
    """Throttled; the client may try again."""

    status = 429


class InternalServerException(AwsError):
    """A failure of S3 Vectors itself; the log has the reason."""

    status = 500


class ServiceUnavailableException(AwsError):
    """S3 Vectors cannot take the request now; the client may try again."""

    status = 503


class ValidationError(AwsError):
    """SageMaker Runtime cannot use the request."""

    status = 400

    def body(self) -> dict[str, JsonValue]:
        return {"Message": self.message}


class ModelError(AwsError):
    """The container answered with a failure; its own status and words go along."""

    status = 424

    def __init__(self, original_status: int, original_message: str) -> None:
        blamed = "client error" if original_status < InternalFailure.status else "server error"
        super().__init__(f'Received {blamed} ({original_status}) from primary with message "{original_message}".')
        self.original_status = original_status
        self.original_message = original_message

    def body(self) -> dict[str, JsonValue]:
        return {
            "Message": self.message,
            "OriginalStatusCode": self.original_status,
            "OriginalMessage": self.original_message,
            "LogStreamArn": "",
        }


class ModelNotReadyException(AwsError):
    """The serverless endpoint is still starting; the client may try again."""

    status = 429

    def body(self) -> dict[str, JsonValue]:
        return {"Message": self.message}


class ThrottlingException(AwsError):
    """More invocations at once than the endpoint takes; one of AWS's common errors, with their status."""

    status = 400


class InternalFailure(AwsError):
    """A failure of SageMaker Runtime itself; the log has the reason."""

    status = 500

    def body(self) -> dict[str, JsonValue]:
        return {"Message": self.message}
