"""Tokens of paged answers: opaque to the client, refused when they were made for something else."""

import base64
import binascii
import json

from alex_local_aws.wire.errors import ValidationException


def encode_token(purpose: str, position: str) -> str:
    """Return a token that `decode_token` takes back for the same purpose."""
    return base64.urlsafe_b64encode(json.dumps([purpose, position]).encode()).decode()


def decode_token(purpose: str, token: str | None) -> str:
    """Return the position in `token`, or nothing for no token.

    Raises:
        ValidationException: the token is not one of ours for this purpose.
    """
    if token is None:
        return ""
    try:
        content = json.loads(base64.urlsafe_b64decode(token.encode()))
    except (binascii.Error, ValueError):
        content = None
    if not isinstance(content, list) or len(content) != 2 or content[0] != purpose:  # noqa: PLR2004  the pair above
        raise ValidationException.at("/nextToken", "The specified nextToken is not valid for this request")
    return str(content[1])
