"""The AWS account: boto3 clients, who one is there, and what AWS refuses in words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, ProfileNotFound

from alex_tools.errors import AwsRefused, BadInput

REGIONS = (
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "us-east-1",
    "us-east-2",
    "us-west-2",
)
"""Regions with App Runner (botocore's endpoints of 2026-11); S3 Vectors, SageMaker and the rest are in all of them."""
EXPIRED_CODES = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
EXPIRED = "the AWS credentials have expired; run `aws sso login` or take new keys, then call this again"
_UNKNOWN_KEY = frozenset({"InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure"})
_WRONG_SIGNATURE = frozenset({"SignatureDoesNotMatch", "InvalidSignatureException"})
_FORBIDDEN = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_CONFIG = Config(retries={"mode": "standard", "max_attempts": 5}, connect_timeout=10, read_timeout=60)


@dataclass(frozen=True)
class Identity:
    """Who the credentials belong to."""

    account: str
    arn: str

    @property
    def is_root(self) -> bool:
        """Whether they are of the account itself, which should have no keys."""
        return self.arn.endswith(":root")


class Account:
    """Clients for one account and region; made once each."""

    def __init__(self, session: boto3.Session, region: str) -> None:
        self._session = session
        self.region = region
        self._clients: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        """Return the boto3 client of a service; boto3 makes its methods at run time, so it has no type."""
        if service not in self._clients:
            self._clients[service] = self._session.client(service, config=_CONFIG)
        return self._clients[service]

    def identity(self) -> Identity:
        """Ask AWS who one is.

        Raises:
            AwsRefused: there are no credentials, or they do not work.
        """
        with speaking_plainly("sts:GetCallerIdentity"):
            answer = self.client("sts").get_caller_identity()
        return Identity(answer["Account"], answer["Arn"])

    def pages(self, service: str, operation: str, key: str, **parameters: object) -> Iterator[dict[str, Any]]:
        """Yield each item that a paginated operation lists under `key`."""
        for page in self.client(service).get_paginator(operation).paginate(**parameters):
            yield from page.get(key, ())


def open_account(user: Mapping[str, str], region: str | None) -> Account:
    """Return the account of the user's credentials; AWS is not asked yet.

    Args:
        user: the environment; `AWS_PROFILE`, keys and region in it come before those of AWS's own files.
        region: what the user chose, or None for the region of the environment or profile.

    Raises:
        BadInput: there is no region, App Runner does not exist in it, or the profile is unknown.
    """
    try:
        session = boto3.Session(
            profile_name=user.get("AWS_PROFILE") or None,
            aws_access_key_id=user.get("AWS_ACCESS_KEY_ID") or None,
            aws_secret_access_key=user.get("AWS_SECRET_ACCESS_KEY") or None,
            aws_session_token=user.get("AWS_SESSION_TOKEN") or None,
            region_name=region or user.get("AWS_REGION") or user.get("AWS_DEFAULT_REGION") or None,
        )
    except ProfileNotFound as exc:
        raise BadInput(f"{exc}; set AWS_PROFILE to one of `aws configure list-profiles`") from exc
    chosen = session.region_name
    if not chosen:
        raise BadInput("no region is chosen; give --region, for example --region us-east-1", regions_in_words())
    if chosen not in REGIONS:
        raise BadInput(f"App Runner does not exist in {chosen!r}; give --region", regions_in_words())
    return Account(session, chosen)


def regions_in_words() -> tuple[str, ...]:
    """Return the line that lists the regions."""
    return (f"regions with everything that Alex needs: {', '.join(REGIONS)}",)


@contextmanager
def speaking_plainly(action: str) -> Iterator[None]:
    """Turn what boto3 raises inside of the block into an error that says what to do.

    Raises:
        AwsRefused: AWS refused `action`, or could not be asked.
    """
    try:
        yield
    except ClientError as exc:
        raise AwsRefused(_in_words(action, exc)) from exc
    except NoCredentialsError as exc:
        raise AwsRefused("there are no AWS credentials; run `aws configure` or `aws sso login`, see guide 1") from exc
    except BotoCoreError as exc:
        raise AwsRefused(f"{action}: {exc}") from exc


def error_code(exc: ClientError) -> str:
    """Return the code that AWS gave."""
    return str(exc.response.get("Error", {}).get("Code", ""))


def _in_words(action: str, exc: ClientError) -> str:
    code = error_code(exc)
    said = str(exc.response.get("Error", {}).get("Message", "")) or code
    if code in EXPIRED_CODES:
        return EXPIRED
    if code in _UNKNOWN_KEY:
        return f"AWS does not know the access key ({said}); look at `aws configure list`"
    if code in _WRONG_SIGNATURE:
        return f"AWS refuses the signature ({said}); is the secret key whole, and this machine's clock right?"
    if code in _FORBIDDEN:
        return f"not allowed: {said}; guide 1 lists the permissions"
    return f"{action}: {code}: {said}"
