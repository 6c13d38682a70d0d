"""Building the images for the processors of App Runner, and pushing them once."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import ClientError

from alex_tools.aws.account import Account, error_code, speaking_plainly
from alex_tools.aws.deployment import Image
from alex_tools.aws.programs import Call, Programs, checked
from alex_tools.errors import DeployFailed

PLATFORM = "linux/amd64"
"""App Runner has no other (App Runner developer guide, image-based services)."""
ARCHITECTURE = "amd64"


@dataclass(frozen=True)
class Docker:
    """The docker command, in the root of the repository."""

    programs: Programs
    root: Path
    environment: Mapping[str, str]
    say: Callable[[str], None]

    def build(self, image: Image, reference: str, tag: str) -> None:
        """Build one image for `PLATFORM` and look at what came out.

        Raises:
            CommandFailed: the build failed.
            DeployFailed: the image is for another processor.
        """
        arguments = ("build", "--platform", PLATFORM, "--build-arg", f"GIT_SHA={tag}")
        ended = self.programs.follow(
            self._call(*arguments, "--file", image.dockerfile, "--tag", reference, image.context), self.say
        )
        checked(ended, f"building the image of {image.service}")
        self.check_architecture(image, reference)

    def check_architecture(self, image: Image, reference: str) -> None:
        """Make sure that an image is for `PLATFORM`.

        Raises:
            DeployFailed: it is not.
        """
        inspect = self._call("image", "inspect", "--format", "{{.Os}}/{{.Architecture}}", reference)
        found = checked(self.programs.run(inspect), f"looking at the image of {image.service}").output.strip()
        if found != PLATFORM:
            raise DeployFailed(
                f"the image of {image.service} is for {found}, and App Runner runs {PLATFORM}; nothing was pushed",
                [
                    "it would end with `exec format error` and exit code 255",
                    "docker must emulate amd64: `docker run --rm --platform linux/amd64 alpine uname -m` prints x86_64",
                    "in Docker Desktop, switch on Rosetta or QEMU",
                    f"then remove the wrong image (`docker image rm {reference}`) and call `alex deploy` again",
                ],
            )

    def log_in(self, registry: str, password: str) -> None:
        """Log in to a registry; the password goes through standard input."""
        arguments = ("docker", "login", "--username", "AWS", "--password-stdin", registry)
        call = Call(arguments, self.root, self._variables(), input=password)
        checked(self.programs.run(call), f"logging in to {registry}")

    def push(self, image: Image, reference: str) -> None:
        """Push one image."""
        checked(self.programs.follow(self._call("push", reference), self.say), f"pushing the image of {image.service}")

    def _call(self, *arguments: str) -> Call:
        return Call(("docker", *arguments), self.root, self._variables())

    def _variables(self) -> dict[str, str]:
        # An attestation would turn the image into a list of manifests, which App Runner has not always understood.
        return {**self.environment, "DOCKER_BUILDKIT": "1", "BUILDX_NO_DEFAULT_ATTESTATIONS": "1"}


def registry_password(account: Account) -> tuple[str, str]:
    """Return the address of the account's registry and a password for the next 12 hours."""
    with speaking_plainly("ecr:GetAuthorizationToken"):
        (data,) = account.client("ecr").get_authorization_token()["authorizationData"]
    user_and_password = base64.b64decode(data["authorizationToken"]).decode()
    return data["proxyEndpoint"].removeprefix("https://"), user_and_password.partition(":")[2]


def is_pushed(account: Account, repository: str, tag: str) -> bool:
    """Return whether a repository has an image with `tag`; tags are never used twice, so it is the right one."""
    wanted = {"repositoryName": repository, "imageIds": [{"imageTag": tag}]}
    with speaking_plainly("ecr:DescribeImages"):
        try:
            return bool(account.client("ecr").describe_images(**wanted)["imageDetails"])
        except ClientError as exc:
            if error_code(exc) in {"ImageNotFoundException", "RepositoryNotFoundException"}:
                return False
            raise


def push_all(
    docker: Docker, account: Account, images: tuple[Image, ...], repositories: Mapping[str, str], tag: str
) -> None:
    """Build and push every image that is not in the account yet; all are built before the first is pushed.

    Raises:
        CommandFailed, DeployFailed: an image cannot be built or pushed, or is for another processor.
        AwsRefused: the registry cannot be asked.
    """
    names = {image: repositories[image.service] for image in images}
    missing = [image for image in images if not is_pushed(account, names[image].partition("/")[2], tag)]
    for image in images:
        if image not in missing:
            docker.say(f"{image.service}: already pushed as {tag}")
    for image in missing:
        docker.say(f"{image.service}: building for {PLATFORM}")
        docker.build(image, f"{names[image]}:{tag}", tag)
    if missing:
        docker.log_in(*registry_password(account))
    for image in missing:
        docker.say(f"{image.service}: pushing")
        docker.push(image, f"{names[image]}:{tag}")


def engine_version(programs: Programs, root: Path, environment: Mapping[str, str]) -> str | None:
    """Return the version of the docker engine, None when no engine answers."""
    if programs.find("docker") is None:
        return None
    ended = programs.run(Call(("docker", "version", "--format", "{{json .Server}}"), root, environment))
    try:
        server = json.loads(ended.output)
    except ValueError:
        return None
    return str(server["Version"]) if ended.exit_code == 0 and isinstance(server, dict) else None
