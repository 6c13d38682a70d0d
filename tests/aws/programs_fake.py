"""docker, terraform and git that only remember, and change what the tests' AWS holds as the real ones would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alex_tools.aws.deployment import IMAGES
from alex_tools.aws.keys import MADE
from alex_tools.aws.programs import Call, Ended, OnLine

if TYPE_CHECKING:
    from alex_tools.aws.account import Account

    from tests.aws.app_runner_fake import AppRunnerFake

GATEWAY = "https://abc123.execute-api.eu-central-1.amazonaws.com/alex"
_MEDIA = "application/vnd.docker.distribution.manifest.v2+json"
DATABASE_SECRETS = ("planner-database-url", "researcher-database-url")


@dataclass
class ProgramsFake:
    """The programs of a machine; every call is kept."""

    account: Account
    app_runner: AppRunnerFake
    state: Path
    calls: list[Call] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    architecture: str = "linux/amd64"
    engine: str = "28.0"
    terraform_version: str = "1.11.4"
    commit: str = "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d"
    changes: str = ""
    fails_after: int | None = None
    """How many services the next apply makes before it stops."""
    stops_with: str = "Error: waiting for App Runner Service (alex-browser) create: unexpected state 'CREATE_FAILED'"
    rolls_back: str = ""
    rolls_back_silently: str = ""
    variables: list[dict[str, Any]] = field(default_factory=list)
    """What each whole apply was given."""
    accepted: list[tuple[str, str]] = field(default_factory=list)
    """The keys that services accept and the one that the gateway shows, at each whole apply."""

    def find(self, name: str) -> str | None:
        """Every program is installed but those in `missing`."""
        return None if name in self.missing else f"/usr/bin/{name}"

    def run(self, call: Call) -> Ended:
        """Answer at once."""
        self.calls.append(call)
        if call.arguments[:2] == ("docker", "version") and not self.engine:
            return Ended(1, "null", "no engine")
        names = [name.removeprefix("alex-") for name in self.app_runner.services]
        answers = {
            ("git", "rev-parse"): self.commit + "\n",
            ("git", "status"): self.changes,
            ("docker", "version"): json.dumps({"Version": self.engine}),
            ("docker", "image"): self.architecture + "\n",
            ("terraform", "version"): json.dumps({"terraform_version": self.terraform_version}),
            ("terraform", "output"): json.dumps(self._outputs()),
            ("terraform", "state"): "\n".join(f"module.{name}.aws_apprunner_service.this" for name in names),
        }
        return Ended(0, answers.get((call.arguments[0], call.arguments[1]), ""))

    def follow(self, call: Call, on_line: OnLine) -> Ended:
        """Do what the program would do, and say a line."""
        self.calls.append(call)
        on_line(f"running {call.arguments[0]}")
        match call.arguments:
            case ("docker", "push", reference):
                self._push(reference)
            case ("terraform", "apply", *options):
                return self._apply(options)
            case ("terraform", "destroy", *_):
                self.app_runner.services.clear()
                self.state.unlink()
        return Ended(0, "")

    def commands(self, *beginning: str) -> list[tuple[str, ...]]:
        """Return the calls that begin with these words."""
        return [call.arguments for call in self.calls if call.arguments[: len(beginning)] == beginning]

    def _push(self, reference: str) -> None:
        repository, _, tag = reference.partition("/")[2].partition(":")
        manifest = json.dumps({"schemaVersion": 2, "mediaType": _MEDIA, "layers": [], "config": {"digest": reference}})
        self.account.client("ecr").put_image(repositoryName=repository, imageManifest=manifest, imageTag=tag)

    def _apply(self, options: list[str]) -> Ended:
        self.state.write_text("{}")
        given = json.loads(Path(_option(options, "-var-file=")).read_text(encoding="utf-8"))
        self._make_registry_and_secrets(given)
        if any(option.startswith("-target=") for option in options):
            return Ended(0, "")
        self.variables.append(given)
        self._note_keys()
        for number, image in enumerate(IMAGES):
            if number == self.fails_after:
                self.fails_after = None
                return Ended(1, self.stops_with)
            name = f"alex-{image.service}"
            before = self.app_runner.services.get(name, {}).get("tag", "")
            self.app_runner.put(name, given["image_tag"])
            if image.service == self.rolls_back:
                self.app_runner.roll_back(name, before)
            if image.service == self.rolls_back_silently:
                self.app_runner.services[name]["tag"] = before
        self._make_index()
        return Ended(0, "")

    def _make_registry_and_secrets(self, given: Mapping[str, Any]) -> None:
        ecr, secrets = self.account.client("ecr"), self.account.client("secretsmanager")
        known = {one["repositoryName"] for one in ecr.describe_repositories()["repositories"]}
        for image in IMAGES:
            if f"alex/{image.service}" not in known:
                ecr.create_repository(repositoryName=f"alex/{image.service}", imageTagMutability="IMMUTABLE")
        present = {one["Name"] for one in secrets.list_secrets()["SecretList"]}
        wanted = MADE + (("model-key",) if given["model_key"] else ())
        wanted += DATABASE_SECRETS if given["database"] == "url" else ()
        for name in wanted:
            if f"alex/{name}" not in present:
                secrets.create_secret(Name=f"alex/{name}")

    def _note_keys(self) -> None:
        client = self.account.client("secretsmanager")
        values = [
            client.get_secret_value(SecretId=f"alex/{name}")["SecretString"] for name in ("accepted-keys", "origin-key")
        ]
        self.accepted.append((values[0], values[1]))

    def _make_index(self) -> None:
        client = self.account.client("s3vectors")
        buckets = [one["vectorBucketName"] for one in client.list_vector_buckets()["vectorBuckets"]]
        if "alex-knowledge-123456789012" not in buckets:
            client.create_vector_bucket(vectorBucketName="alex-knowledge-123456789012")
            client.create_index(
                vectorBucketName="alex-knowledge-123456789012",
                indexName="documents",
                dataType="float32",
                dimension=384,
                distanceMetric="cosine",
                metadataConfiguration={"nonFilterableMetadataKeys": ["text", "title"]},
            )

    def _outputs(self) -> dict[str, Any]:
        names = [image.service for image in IMAGES]
        services = {
            name: {"arn": self.app_runner.arn(f"alex-{name}"), "url": self.app_runner.url(f"alex-{name}")}
            for name in names
        }
        registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
        values = {
            "url": GATEWAY,
            "services": services,
            "repositories": {name: f"{registry}/alex/{name}" for name in names},
            "vector_index": {"bucket": "alex-knowledge-123456789012", "index": "documents"},
        }
        return {name: {"value": value} for name, value in values.items()}


def _option(options: list[str], beginning: str) -> str:
    return next(option.removeprefix(beginning) for option in options if option.startswith(beginning))
