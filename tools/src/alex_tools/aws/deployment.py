"""What a deployment is called, where its files are, and what is kept about it between two calls."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from alex_tools.environment import DATA_FOLDER
from alex_tools.errors import BadInput
from alex_tools.plan_file import write_whole

STATE_FOLDER = "aws"
DEFAULT_DATABASE = "dsql"
"""Aurora DSQL, which needs no address; Terraform's default as well."""
DEFAULT_NAME = "alex"
SCALING_KINDS = ("shared", "single")
"""Scaling configurations of App Runner, each called by the deployment's name and this."""
PROBE_NAME = "alex-eligibility-probe"
"""The App Runner service that is made for a trial; it belongs to no deployment."""
_RECORD = "deployment.json"


@dataclass(frozen=True)
class Image:
    """One service that runs in App Runner, and how its image is made."""

    service: str
    dockerfile: str
    context: str = "."
    """The folder that the build may read, seen from the repository's root."""


IMAGES = (
    Image("embedder", "services/embedder/Dockerfile"),
    Image("vector_store", "mcp_servers/vector_store/Dockerfile"),
    Image("browser", "mcp_servers/browser/Dockerfile"),
    Image("researcher", "services/researcher/Dockerfile"),
    Image("planner", "services/planner/Dockerfile"),
    Image("frontend", "frontend/Dockerfile", context="frontend"),
)
"""In the order in which Terraform can start them."""
PAGE = "frontend"
"""The web page: the one service with an entrance of its own, all others are behind the gateway."""
SERVICE_NAMES = frozenset(image.service for image in IMAGES)
"""Every service that Terraform makes; the names of others in the account may begin the same way."""


@dataclass(frozen=True)
class Record:
    """What the last call left: enough to go on with it, and to take everything down."""

    name: str
    region: str
    commit: str = ""
    tag: str = ""
    finished: bool = False
    """Whether everything with this tag is up and was seen to work."""
    url: str = ""
    page: str = ""
    """Address of the web page."""
    variables: Mapping[str, object] | None = None
    """What Terraform was given."""

    def given(self, variable: str, otherwise: object) -> object:
        """Return what Terraform was given the last time for a variable; before the first time, `otherwise`."""
        return (self.variables or {}).get(variable, otherwise)


class Files:
    """The files of one deployment, in `.alex/aws/<name>-<region>/` of the current folder."""

    def __init__(self, folder: Path, name: str, region: str) -> None:
        self.folder = folder / DATA_FOLDER / STATE_FOLDER / f"{name}-{region}"
        self.name = name
        self.region = region

    @property
    def state(self) -> Path:
        """Terraform's state: what there is in the account. Losing it is not fatal, see `alex cleanup`."""
        return self.folder / "terraform.tfstate"

    @property
    def terraform_data(self) -> Path:
        """Where Terraform keeps its provider and modules."""
        return self.folder / "terraform"

    @property
    def variables(self) -> Path:
        """What Terraform is given."""
        return self.folder / "variables.tfvars.json"

    def read(self) -> Record:
        """Return what the last call left; a new record when there was none.

        Raises:
            BadInput: the file is damaged.
        """
        path = self.folder / _RECORD
        if not path.exists():
            return Record(self.name, self.region)
        try:
            return Record(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as exc:
            raise BadInput(f"{path} is damaged ({exc}); delete it, and call this again") from exc

    def write(self, record: Record) -> Record:
        """Keep a record, whole or not at all, and the variables beside it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.folder / _RECORD, json.dumps(asdict(record), indent=2).encode())
        write_whole(self.variables, json.dumps(record.variables or {}, indent=2).encode())
        return record

    def change(self, record: Record, **changes: object) -> Record:
        """Keep a record with some fields changed and return it."""
        return self.write(replace(record, **changes))  # type: ignore[arg-type]  # checked by the dataclass itself
