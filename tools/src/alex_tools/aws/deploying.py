"""`alex deploy`: from a commit to a platform that was seen to work, in steps that can be repeated."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import httpx2

from alex_tools.aws import app_runner, images, vector_index
from alex_tools.aws.account import Account, speaking_plainly
from alex_tools.aws.app_runner import RunningService, Watch
from alex_tools.aws.costs import Size, estimate, planned_sizes
from alex_tools.aws.deployment import IMAGES, PAGE, Files, Record
from alex_tools.aws.keys import MADE, Keys, make_key, rotation
from alex_tools.aws.order import LOG_DAYS, Order
from alex_tools.aws.preflight import Finding, Machine
from alex_tools.aws.smoke import Check, Gateway, Page
from alex_tools.aws.source import Source, read_source
from alex_tools.aws.terraform import BEFORE_IMAGES, Terraform
from alex_tools.errors import AlexError, BadInput, DeployFailed
from alex_tools.terminal import Terminal


@dataclass(frozen=True)
class Deployer:
    """Everything that deploying needs from outside."""

    account: Account
    machine: Machine
    files: Files
    terminal: Terminal
    http: httpx2.Client
    watch: Watch = field(default_factory=Watch)
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()

    def deploy(self, order: Order) -> Record:
        """Bring the current commit up; what an earlier call has finished is not done again.

        Raises:
            DeployFailed: a step did not end well; says which, what is up, and how to go on.
        """
        source = read_source(self.machine.programs, self.machine.root, self.machine.environment)
        record = self._begin(order, source)
        steps = _Steps(7 if order.rotate_key else 6)
        with self._step(steps, "registry and keys", record):
            self._terraform.init()
            self._terraform.apply(targets=BEFORE_IMAGES)
            record = self._give_keys(order, record)
        with self._step(steps, "images", record):
            self._push(record)
        with self._step(steps, "services, gateway, databases and all else", record):
            app_runner.wait_until_idle(self.account, order.name, self.watch, self.terminal.say)
            self._terraform.apply(replacing=self._failed_services(order.name))
        with self._step(steps, "full-text search of the knowledge base", record):
            index = _texts(self._terraform.outputs()["vector_index"])
            vector_index.prepare_index(self.account, index["bucket"], index["index"], self.watch)
        with self._step(steps, "whether App Runner runs the new build", record):
            services = self._check_services(record)
        if order.rotate_key:
            with self._step(steps, "a new key between gateway and services", record):
                record = self._rotate(order, record)
        with self._step(steps, "smoke test through the gateway and of the page", record):
            url = str(self._terraform.outputs()["url"])
            self._smoke(url, order.name, services, record.tag)
        self._show_estimate("now", self._actual_sizes(order.name), order)
        return self.files.change(record, finished=True, url=url, page=services[PAGE].url)

    def show_plan(self, order: Order) -> None:
        """Print what is going to be made and what it will cost, before anybody agrees to it."""
        for line in order.in_words():
            self.terminal.say(line)
        self._show_estimate("planned", planned_sizes(image.service for image in IMAGES), order)

    def _show_estimate(self, when: str, sizes: Mapping[str, Size], order: Order) -> None:
        """Print what it costs; an estimate, and which one."""
        cost = estimate(self.account.region, sizes, secrets=len({*MADE, *order.secrets}))
        self.terminal.say(
            f"cost, {when}: about {cost.idle:.2f} USD a month while it waits, {cost.per_active_hour:.2f} USD more for "
            f"an hour in which all services work; the language model is extra (guides/costs.md)"
        )

    @property
    def _terraform(self) -> Terraform:
        folder = self.machine.root / "terraform"
        return Terraform(self.machine.programs, folder, self.files, self._aws_environment, self.terminal.say)

    @property
    def _aws_environment(self) -> dict[str, str]:
        return {**self.machine.environment, "AWS_REGION": self.account.region}

    def _begin(self, order: Order, source: Source) -> Record:
        """Go on with the tag of a call that did not finish, or begin with a new one."""
        before = self.files.read()
        if not source.is_clean:
            self.terminal.warn("there are changes that are not committed; they will be in the images")
        goes_on = before.tag and not before.finished and before.commit == source.commit and source.is_clean
        tag = before.tag if goes_on else source.new_tag(self.now())
        self.terminal.say(f"{'going on with' if goes_on else 'deploying'} {tag} to {self.account.region}", "bold")
        if before.given("model_key", otherwise=False) and "model-key" not in order.secrets:
            self.terminal.warn(
                "OPENAI_API_KEY is not set: the agents go back to the built-in model, and its secret goes"
            )
        versions = before.given("key_versions", {})
        assert isinstance(versions, Mapping)
        variables = order.variables(self.account.region, tag, versions)
        return self.files.change(before, commit=source.commit, tag=tag, finished=False, variables=variables)

    def _give_keys(self, order: Order, record: Record) -> Record:
        versions = Keys(self.account, order.name).fill(order.secrets)
        return self.files.change(record, variables=order.variables(self.account.region, record.tag, versions))

    def _push(self, record: Record) -> None:
        repositories = _texts(self._terraform.outputs()["repositories"])
        docker = images.Docker(self.machine.programs, self.machine.root, self.machine.environment, self.terminal.say)
        images.push_all(docker, self.account, IMAGES, repositories, record.tag)

    def _failed_services(self, name: str) -> list[str]:
        """Return the Terraform addresses of services that were never up: they cannot be updated, only made again."""
        failed = [
            n for n, one in app_runner.services_of(self.account, name).items() if one["Status"] == "CREATE_FAILED"
        ]
        known = set(self._terraform.addresses()) if failed else set()
        return [address for service in failed if (address := f"module.{service}.aws_apprunner_service.this") in known]

    def _check_services(self, record: Record) -> dict[str, RunningService]:
        services = _services(self._terraform.outputs())
        for service in services.values():
            app_runner.check_operation(self.account, service, self.watch)
            app_runner.check_health(service, record.tag, self.http, self.watch)
            self.terminal.say(f"{service.name}: runs {record.tag}")
        app_runner.keep_logs(self.account, services, LOG_DAYS)
        return services

    def _rotate(self, order: Order, record: Record) -> Record:
        keys = Keys(self.account, order.name)
        for what, values in rotation(keys, make_key()):
            self.terminal.say(what)
            for name, value in values.items():
                keys.put(name, value)
            record = self._give_keys(order, record)
            self._terraform.apply()
            self._check_services(record)
        return record

    def _smoke(self, url: str, name: str, services: Mapping[str, RunningService], sha: str) -> None:
        failed = []
        for check in self._checks(url, Keys(self.account, name), services, sha):
            self.terminal.say(f"{'ok' if check.ok else 'FAILED'}  {check.what}: {check.found}")
            failed += [] if check.ok else [f"{check.what}: {check.found}"]
        if failed:
            raise DeployFailed(f"{len(failed)} checks failed", failed)

    def _checks(self, url: str, keys: Keys, services: Mapping[str, RunningService], sha: str) -> Iterator[Check]:
        behind = {name: service for name, service in services.items() if name != PAGE}
        yield from Gateway(url, keys.value("caller-key") or "", self.http).check(behind, sha)
        yield from Page(services[PAGE].url, keys.value("page-password") or "", self.http).check()

    def _actual_sizes(self, name: str) -> dict[str, Size]:
        client, sizes = self.account.client("apprunner"), {}
        for service, one in app_runner.services_of(self.account, name).items():
            with speaking_plainly("apprunner:DescribeService"):
                found = client.describe_service(ServiceArn=one["ServiceArn"])
            configuration = found["Service"]["InstanceConfiguration"]
            sizes[service] = Size(int(configuration["Memory"]), int(configuration["Cpu"]))
        return sizes

    @contextmanager
    def _step(self, steps: "_Steps", what: str, record: Record) -> Iterator[None]:
        """Announce a step; when it fails, say what is up and how to go on."""
        number = steps.begin()
        self.terminal.say(f"[{number}/{steps.count}] {what}", "bold")
        try:
            yield
        except AlexError as exc:
            up = self._what_is_up(record.name)
            hint = "call `alex deploy` again: it goes on from here; `alex destroy` takes everything down"
            raise DeployFailed(f"step {number} ({what}): {exc.message}", [*exc.details, up, hint]) from exc

    def _what_is_up(self, name: str) -> str:
        try:
            found = app_runner.services_of(self.account, name)
        except AlexError:
            return "what is up cannot be asked"
        states = [f"{service} {one['Status'].lower()}" for service, one in sorted(found.items())]
        return f"services that are up: {', '.join(states) or 'none'}"


@dataclass
class _Steps:
    """How many steps there are, and how many have begun."""

    count: int
    begun: int = 0

    def begin(self) -> int:
        """Return the number of the next step."""
        self.begun += 1
        return self.begun


def stop_if_wrong(findings: Sequence[Finding]) -> None:
    """Make sure that nothing stands in the way.

    Raises:
        BadInput: something does; names each.
    """
    wrong = [f"{finding.what}: {finding.text}" for finding in findings if finding.state == "wrong"]
    if wrong:
        raise BadInput("nothing was made; first mend:", wrong)


def _services(outputs: Mapping[str, object]) -> dict[str, RunningService]:
    found = outputs["services"]
    assert isinstance(found, Mapping)
    return {name: RunningService(name, one["arn"], one["url"]) for name, one in found.items()}


def _texts(output: object) -> dict[str, str]:
    assert isinstance(output, Mapping)
    return {str(name): str(value) for name, value in output.items()}
