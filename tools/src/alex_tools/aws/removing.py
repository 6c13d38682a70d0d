"""`alex destroy` and `alex cleanup`: taking a deployment down, and showing that nothing of it is left."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from alex_tools.aws import app_runner
from alex_tools.aws.account import Account
from alex_tools.aws.app_runner import Watch
from alex_tools.aws.deployment import Files, Record
from alex_tools.aws.inventory import Thing, delete, find_everything
from alex_tools.aws.preflight import Machine
from alex_tools.aws.terraform import Terraform
from alex_tools.errors import AlexError, DeployFailed
from alex_tools.terminal import Terminal


@dataclass(frozen=True)
class Remover:
    """Everything that taking down needs from outside."""

    account: Account
    machine: Machine
    files: Files
    terminal: Terminal
    watch: Watch = field(default_factory=Watch)

    def find(self) -> list[Thing]:
        """Return what the deployment has in the account."""
        return find_everything(self.account, self.files.name, self.account.identity().account)

    def show(self, things: Sequence[Thing]) -> None:
        """Print what there is."""
        for thing in things:
            cost = "" if thing.is_billable else " (costs nothing)"
            self.terminal.say(f"  {thing.kind}: {thing.name}{cost}")

    def destroy(self) -> None:
        """Take down what Terraform knows, then what it does not, and look again.

        Raises:
            DeployFailed: something is left; names each thing.
        """
        app_runner.wait_until_idle(self.account, self.files.name, self.watch, self.terminal.say)
        if self.files.state.exists():
            self._destroy_by_terraform()
        else:
            self.terminal.say("there is no state of Terraform here; going by names")
        self.clean_up()

    def clean_up(self) -> None:
        """Delete by name, in rounds, until nothing is found.

        Raises:
            DeployFailed: something is left; names each thing, and why the last attempt failed.
        """
        # An App Runner service takes minutes to be gone, and what it uses can only go after it.
        deadline, failures = self.watch.now() + self.watch.operation_seconds, dict[str, str]()
        while left := self.find():
            if self.watch.now() > deadline:
                named = [f"{thing.kind}: {thing.name}{failures.get(thing.name, '')}" for thing in left]
                raise DeployFailed("something is left, and may cost money", named)
            failures = self._delete_each(left)
            self.watch.sleep(self.watch.poll_seconds)
        self.terminal.say("nothing of the deployment is left in the account")
        self._forget()

    def _destroy_by_terraform(self) -> None:
        environment = {**self.machine.environment, "AWS_REGION": self.account.region}
        folder = self.machine.root / "terraform"
        terraform = Terraform(self.machine.programs, folder, self.files, environment, self.terminal.say)
        try:
            terraform.init()
            terraform.destroy()
        except AlexError as exc:
            # What it could not remove is looked for by name next; whatever is left then is named.
            self.terminal.warn(f"{exc.message}; going on by names")

    def _delete_each(self, things: Sequence[Thing]) -> dict[str, str]:
        """Ask for each to be deleted, and return by name what was refused, as for a service that is on its way out."""
        failures = {}
        for thing in things:
            try:
                delete(thing)
                self.terminal.say(f"deleting {thing.kind} {thing.name}")
            except AlexError as exc:
                failures[thing.name] = f" ({exc.message})"
        return failures

    def _forget(self) -> None:
        """Begin anew the next time: no state, no tag to go on with."""
        for path in (self.files.state, self.files.state.with_suffix(".tfstate.backup")):
            path.unlink(missing_ok=True)
        if self.files.folder.exists():
            self.files.write(Record(self.files.name, self.files.region))
