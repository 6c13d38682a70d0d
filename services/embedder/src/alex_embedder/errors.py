"""What can go wrong while embedding. All are 503: the caller's text is fine, what stands behind is not.

ServiceError
└── EndpointFailure           503
    ├── EndpointMissing       endpoint_missing         the endpoint name is unknown in this account and region
    ├── EndpointForbidden     endpoint_forbidden       the credentials may not invoke it
    ├── EndpointStillCold     endpoint_still_cold      the model was not loaded before the deadline
    ├── DeadlineExceeded      deadline_exceeded        answers came, but not all before the deadline
    ├── EndpointUnreachable   upstream_unavailable     nothing listens, or it fails by itself
    ├── ModelFailed           model_failed             the model refused the text
    └── UnexpectedAnswer      unexpected_answer        the answer has no known shape
"""

from typing import ClassVar

from alex_edge import ServiceError


class EndpointFailure(ServiceError):
    """The SageMaker endpoint did not give the vectors; `detail` names the endpoint."""

    status: ClassVar[int] = 503
    problem: ClassVar[str] = "failed"
    remedy: ClassVar[str] = "try again later"

    def __init__(self, endpoint: str, reason: str) -> None:
        super().__init__(
            f"SageMaker endpoint {endpoint!r} {self.problem} ({reason}); {self.remedy}",
            endpoint=endpoint,
            upstream="SageMaker",
        )
        self.endpoint = endpoint
        self.reason = reason


class EndpointMissing(EndpointFailure):
    """The endpoint name is unknown in this account and region."""

    code = "endpoint_missing"
    problem = "does not exist"
    remedy = "create it or set EMBEDDER_ENDPOINT_NAME and AWS_REGION"


class EndpointForbidden(EndpointFailure):
    """The credentials are missing or may not invoke the endpoint."""

    code = "endpoint_forbidden"
    problem = "may not be invoked"
    remedy = "allow sagemaker:InvokeEndpoint on it to this service's role"


class EndpointStillCold(EndpointFailure):
    """The model was not loaded before the deadline."""

    code = "endpoint_still_cold"
    problem = "is still starting"
    remedy = "try again in a minute"


class DeadlineExceeded(EndpointFailure):
    """Not every answer came before the deadline."""

    code = "deadline_exceeded"
    problem = "did not answer in time"
    remedy = "send fewer texts at once or raise EMBEDDER_DEADLINE_SECONDS"


class EndpointUnreachable(EndpointFailure):
    """Nothing listens at the address, or the service behind it fails by itself."""

    code = "upstream_unavailable"
    problem = "does not answer"


class ModelFailed(EndpointFailure):
    """The model answered with an error of its own."""

    code = "model_failed"
    problem = "reports that its model failed"
    remedy = "read the endpoint's log"


class UnexpectedAnswer(EndpointFailure):
    """The answer is not a set of vectors of the expected length."""

    code = "unexpected_answer"
    problem = "answered with something else than vectors"
    remedy = "deploy all-MiniLM-L6-v2 behind it"
