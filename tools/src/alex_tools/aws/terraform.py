"""The terraform command for one deployment: its state is kept apart from the repository and from other deployments."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from alex_tools.aws.account import EXPIRED, EXPIRED_CODES
from alex_tools.aws.deployment import Files
from alex_tools.aws.programs import Call, Ended, Programs, checked
from alex_tools.errors import DeployFailed

OLDEST = (1, 11)
BEFORE_IMAGES = ("module.ecr", "module.secrets")
"""What is needed before there are images and keys."""
_CLOSED = re.compile(r"apprunner.*(subscriptionrequired|no longer (open|available)|not (open|available) to new)")
"""AWS documents no error for accounts that came too late (App Runner: availability change); these words are likely."""
NO_NEW_CUSTOMERS = (
    "App Runner is closed to new customers since 30 April 2026: an account that never used it cannot create services",
    "`alex deploy --check-app-runner` creates and deletes one tiny service to find out",
    "what you can do: use an account that used App Runner before, for example of your class or company,",
    "or run the same images on Amazon ECS Express Mode: guides/troubleshooting.md",
)


@dataclass(frozen=True)
class Terraform:
    """Terraform on `terraform/` of the repository."""

    programs: Programs
    folder: Path
    files: Files
    environment: Mapping[str, str]
    say: Callable[[str], None]

    def init(self) -> None:
        """Fetch the provider, and say where the state is.

        Raises:
            CommandFailed: that failed, for example without a network.
        """
        self.files.terraform_data.mkdir(parents=True, exist_ok=True)
        arguments = ("init", "-input=false", "-no-color", "-reconfigure", f"-backend-config=path={self.files.state}")
        checked(self.programs.follow(self._call(*arguments), self.say), "preparing Terraform")

    def apply(self, targets: Sequence[str] = (), replacing: Sequence[str] = ()) -> None:
        """Make the account what the configuration says, or only the `targets` of it.

        Raises:
            DeployFailed: a resource could not be made; what was made before stays, and is in the state.
        """
        chosen = [*(f"-target={one}" for one in targets), *(f"-replace={one}" for one in replacing)]
        ended = self.programs.follow(self._call("apply", *self._answers(), *chosen), self.say)
        if ended.exit_code:
            raise DeployFailed("Terraform could not make everything", _reasons(ended))

    def destroy(self) -> None:
        """Take down everything in the state.

        Raises:
            DeployFailed: something could not be removed.
        """
        ended = self.programs.follow(self._call("destroy", *self._answers()), self.say)
        if ended.exit_code:
            raise DeployFailed("Terraform could not remove everything", _reasons(ended))

    def outputs(self) -> dict[str, object]:
        """Return what the configuration says about itself, by name."""
        ended = checked(self.programs.run(self._call("output", "-json", "-no-color")), "reading Terraform's outputs")
        return {name: one["value"] for name, one in json.loads(ended.output or "{}").items()}

    def addresses(self) -> list[str]:
        """Return the address of everything in the state."""
        ended = self.programs.run(self._call("state", "list"))
        return ended.output.split() if ended.exit_code == 0 else []

    def _answers(self) -> tuple[str, ...]:
        return ("-auto-approve", "-input=false", "-no-color", "-compact-warnings", f"-var-file={self.files.variables}")

    def _call(self, *arguments: str) -> Call:
        variables = {
            **self.environment,
            "TF_DATA_DIR": str(self.files.terraform_data),
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
        }
        return Call(("terraform", *arguments), self.folder, variables)


def _reasons(ended: Ended) -> list[str]:
    """Return the last lines of Terraform, and what they mean where that is known."""
    text = ended.output + "\n" + ended.errors
    known = list(NO_NEW_CUSTOMERS) if _CLOSED.search(text.replace("\n", " ").lower()) else []
    known += [EXPIRED] if any(code in text for code in EXPIRED_CODES) else []
    return [*(line for line in text.strip().splitlines() if line.strip(" │╷╵")), *known]


def version(programs: Programs, folder: Path, environment: Mapping[str, str]) -> tuple[int, ...] | None:
    """Return the version of terraform, None when it is not installed."""
    if programs.find("terraform") is None:
        return None
    ended = programs.run(Call(("terraform", "version", "-json"), folder, environment))
    try:
        return tuple(int(part) for part in json.loads(ended.output)["terraform_version"].split("-")[0].split("."))
    except (ValueError, KeyError):
        return None
