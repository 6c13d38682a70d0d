"""Which commit is deployed, and the tag that no other deployment has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alex_tools.aws.programs import Call, Programs
from alex_tools.errors import BadInput

_TAG_COMMIT_CHARS = 12


@dataclass(frozen=True)
class Source:
    """The state of the repository."""

    commit: str
    is_clean: bool

    def new_tag(self, now: datetime) -> str:
        """Return the tag of a deployment that begins now, as Terraform's `image_tag` wants it."""
        return f"{self.commit[:_TAG_COMMIT_CHARS]}-{now.astimezone(UTC):%Y%m%dt%H%M%S}"


def read_source(programs: Programs, root: Path, environment: Mapping[str, str]) -> Source:
    """Return the commit of the repository, and whether there are changes beyond it.

    Raises:
        BadInput: this is no git checkout, or git is not installed.
    """
    if programs.find("git") is None:
        raise BadInput("git is not on the PATH; each image is named for the commit it is built from")
    head = programs.run(Call(("git", "rev-parse", "HEAD"), root, environment))
    if head.exit_code:
        raise BadInput(f"{root} is no git checkout; each image is named for the commit it is built from")
    changes = programs.run(Call(("git", "status", "--porcelain"), root, environment))
    return Source(head.output.strip(), is_clean=not changes.output.strip())
