"""The values of the secrets that Terraform makes without values, and their rotation."""

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass

from botocore.exceptions import ClientError

from alex_tools.aws.account import Account, error_code, speaking_plainly

_LETTERS = string.ascii_letters + string.digits
"""API Gateway takes 20 to 128 letters and digits as an API key, and a stage variable few other characters."""
_LENGTH = 40
MADE = ("origin-key", "accepted-keys", "caller-key", "page-password")
"""Secrets that every deployment has; they are made here unless the user gives one."""


@dataclass(frozen=True)
class Keys:
    """Access to the secrets of one deployment."""

    account: Account
    name: str

    def fill(self, given: Mapping[str, str]) -> dict[str, str]:
        """Give every secret that has no value one, and put in what the user gave; returns the version ids of the keys.

        Args:
            given: values from outside by name of the secret, such as `model-key`.
        """
        for name, value in given.items():
            if self.value(name) != value:
                self.put(name, value)
        for name in MADE:
            if self.value(name) is None:
                self.put(name, (self.value("origin-key") or "") if name == "accepted-keys" else make_key())
        return self.versions()

    def versions(self) -> dict[str, str]:
        """Return the id of each key's current version, as Terraform's `key_versions` names them."""
        names = {
            "origin": "origin-key",
            "accepted": "accepted-keys",
            "caller": "caller-key",
            "page": "page-password",
        }
        return {short: self._read(name)["VersionId"] for short, name in names.items()}

    def value(self, name: str) -> str | None:
        """Return the value of a secret, None when it has none yet."""
        try:
            return str(self._read(name)["SecretString"])
        except _NoValue:
            return None

    def put(self, name: str, value: str) -> None:
        """Give a secret a new value."""
        with speaking_plainly("secretsmanager:PutSecretValue"):
            client = self.account.client("secretsmanager")
            client.put_secret_value(SecretId=f"{self.name}/{name}", SecretString=value)

    def _read(self, name: str) -> dict[str, str]:
        with speaking_plainly("secretsmanager:GetSecretValue"):
            try:
                client = self.account.client("secretsmanager")
                answer: dict[str, str] = client.get_secret_value(SecretId=f"{self.name}/{name}")
            except ClientError as exc:
                if error_code(exc) == "ResourceNotFoundException":
                    raise _NoValue(name) from exc
                raise
        return answer


class _NoValue(Exception):
    """A secret has no value, or is not there."""


def make_key() -> str:
    """Return a new random key."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def rotation(keys: Keys, successor: str) -> list[tuple[str, Mapping[str, str]]]:
    """Return the steps from the current origin key to `successor`, none of which refuses a request.

    Each step is what it does and the secrets it changes; the services must have been deployed before the next.
    Services accept every key of the list and call each other with the first, so a key is accepted before it is used.
    """
    old = keys.value("origin-key") or ""
    return [
        ("every service accepts the new key as well", {"accepted-keys": f"{old},{successor}"}),
        (
            "the new key is used",
            {"origin-key": successor, "accepted-keys": f"{successor},{old}"},
        ),
        ("the old key is refused", {"accepted-keys": successor}),
    ]
