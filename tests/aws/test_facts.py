"""Facts that stand in two places, and the smaller parts of deploying."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from pathlib import Path

import pytest
from alex_tools.aws.account import REGIONS
from alex_tools.aws.commands import deploy
from alex_tools.aws.costs import Size, estimate, planned_sizes
from alex_tools.aws.deployment import DEFAULT_DATABASE, IMAGES, SERVICE_NAMES, Record
from alex_tools.aws.keys import MADE
from alex_tools.aws.order import Order, order_from
from alex_tools.aws.preflight import check_account
from alex_tools.aws.programs import Call, RealPrograms, checked
from alex_tools.aws.vector_index import SEARCHABLE_KEYS
from alex_tools.client import running_service
from alex_tools.errors import CommandFailed
from alex_tools.repository import ROOT
from alex_tools.stack import SERVICES
from alex_tools.web_page import page_service

TERRAFORM = ROOT / "terraform"


def test_the_regions_are_those_of_terraform() -> None:
    """Ours: both refuse the same."""
    text = (TERRAFORM / "variables.tf").read_text(encoding="utf-8").partition("var.region)")[0]
    assert tuple(re.findall(r'"([a-z]+-[a-z]+-\d)"', text)) == REGIONS


def test_the_images_are_those_of_terraform_and_of_the_stack() -> None:
    """Ours: what runs locally runs in AWS, but for the stand-in of AWS."""
    names = {image.service for image in IMAGES}
    assert names == {service.name for service in (*SERVICES, page_service(0))} - {"local_aws"}
    ports = re.search(r"ports = \{(.*?)\}", (TERRAFORM / "locals.tf").read_text())
    assert ports is not None
    assert set(re.findall(r"(\w+) += \d+", ports[1])) == SERVICE_NAMES == names


def test_the_images_are_built_as_compose_builds_them() -> None:
    """Ours: from the same Dockerfile and folder, so that what was tried is what is deployed."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    built = {
        dockerfile or f"{context}/Dockerfile": context
        for context, dockerfile in re.findall(r"build: \{context: ([^,]+),(?: dockerfile: ([^,]+),)?", text)
    }
    assert {image.dockerfile: image.context for image in IMAGES}.items() <= built.items()


def test_the_database_is_the_same_by_default_everywhere() -> None:
    """Ours: what `alex deploy` checks and orders is what Terraform makes."""
    text = (TERRAFORM / "variables.tf").read_text(encoding="utf-8")
    variable = re.search(r'variable "database" \{.*?default +=\s*"(\w+)"', text, re.DOTALL)
    assert variable is not None
    assert variable[1] == DEFAULT_DATABASE == Order().database
    new = Record("alex", "eu-central-1")
    # What `alex deploy` orders and what `alex doctor --aws` looks at when nothing was chosen.
    assert inspect.signature(deploy).parameters["database"].default is None
    assert order_from({}, new, database=None).database == new.given("database", DEFAULT_DATABASE) == DEFAULT_DATABASE
    assert inspect.signature(check_account).parameters["database"].default == DEFAULT_DATABASE


def test_the_searchable_keys_are_those_of_the_vector_store() -> None:
    """Ours: it would ask for them itself at its first start."""
    assert importlib.import_module("alex_vector_store.records").SEARCHABLE_KEYS == SEARCHABLE_KEYS


def test_the_planned_sizes_are_those_of_terraform() -> None:
    """Ours: the estimate is about what is made."""
    text = (TERRAFORM / "services.tf").read_text(encoding="utf-8")
    given = {name: int(mb) for name, mb in re.findall(r'lookup\(var\.memory_mb, "(\w+)", (\d+)\)', text)}
    assert set(given) == SERVICE_NAMES
    sizes = planned_sizes(given)
    assert {name: size.memory_mb for name, size in sizes.items()} == given
    assert sizes["browser"].cpu_units == 1024


@pytest.mark.parametrize(
    ("region", "gigabytes", "idle"), [("us-east-1", 1, 30.66), ("us-east-1", 0.5, 15.33), ("ap-northeast-1", 1, 39.42)]
)
def test_six_waiting_services_cost_what_the_price_page_says(region: str, gigabytes: float, idle: float) -> None:
    """App Runner's price page, read 2026-09-20: 6 services, 730 hours, memory alone."""
    sizes = {f"service {number}": Size(int(gigabytes * 1024), 256) for number in range(6)}
    lines = estimate(region, sizes, secrets=0).lines
    assert sum(price for what, price in lines if "waiting" in what) == pytest.approx(idle, abs=0.01)


def test_the_page_about_costs_says_what_the_estimate_says() -> None:
    """Ours: the guide's sums are those of `alex deploy`."""
    cost = estimate("us-east-1", planned_sizes(SERVICE_NAMES), len(MADE))
    by_kind = {
        "App Runner": sum(price for what, price in cost.lines if what.endswith("waiting")),
        "secrets": len(MADE) * 0.4,
        "look each hour": next(price for what, price in cost.lines if "each hour" in what),
    }
    rows = re.findall(
        r"^\| (.+?) \| ([\d.]+) USD", (ROOT / "guides/costs.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    for kind, price in by_kind.items():
        (told,) = [float(usd) for what, usd in rows if kind in what]
        assert told == pytest.approx(price, abs=0.01), kind
    assert f"about {cost.idle:.2f} USD" in (ROOT / "guides/costs.md").read_text(encoding="utf-8")


def python(code: str) -> Call:
    """Return a call of this Python."""
    return Call((sys.executable, "-c", code), Path.cwd(), {"PYTHONIOENCODING": "utf-8", "SYSTEMROOT": "C:\\Windows"})


def test_real_programs_are_followed_line_by_line_and_their_end_is_kept() -> None:
    """Ours: the reason of a failure stands in the last lines."""
    lines: list[str] = []
    ended = RealPrograms().follow(
        python("import sys\nfor n in range(40): print('line', n, flush=True)\nsys.exit('no space')"), lines.append
    )
    assert lines[0] == "line 0"
    assert ended.exit_code == 1
    with pytest.raises(CommandFailed, match=r"building failed \(exit code 1\)") as failed:
        checked(ended, "building")
    assert failed.value.details[-1] == "no space"
    assert "line 0" not in failed.value.details


def test_real_programs_read_their_input_and_keep_errors_apart() -> None:
    """Ours: a password goes through standard input."""
    call = python("import sys; print(sys.stdin.read().upper()); print('warned', file=sys.stderr)")
    ended = RealPrograms().run(Call(call.arguments, call.folder, call.environment, input="secret"))
    assert (ended.output.strip(), ended.errors.strip()) == ("SECRET", "warned")


def test_commands_reach_a_deployment_through_its_gateway(tmp_path: Path) -> None:
    """Ours: each service is below its name, with the caller's key."""
    user = {"ALEX_URL": "https://abc.execute-api.us-east-1.amazonaws.com/alex/", "ALEX_API_KEYS": "caller"}
    client = running_service("planner", user, tmp_path)
    request = client.http.build_request("GET", "/runs/1")
    assert str(request.url) == "https://abc.execute-api.us-east-1.amazonaws.com/alex/planner/runs/1"
    assert request.headers["x-api-key"] == "caller"
    client.http.close()
