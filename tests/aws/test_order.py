"""What a deployment is asked for with, and what of it stays the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alex_tools.aws.deployment import Record
from alex_tools.aws.order import order_from
from alex_tools.errors import BadInput

if TYPE_CHECKING:
    from tests.aws.conftest import World

EMPTY = Record("alex", "eu-central-1")


def test_the_password_of_the_page_can_be_chosen(world: World) -> None:
    """Ours: a long one of the user's own; the page is deployed anew with it, and it stays when not given again."""
    world.deploy()
    made = world.secret("page-password")
    assert len(made) == 40
    chosen = {"FRONTEND_PASSWORD": "correct horse battery staple"}
    world.deploy(order_from(chosen, EMPTY))
    world.deploy(order_from({}, EMPTY))
    assert world.secret("page-password") == chosen["FRONTEND_PASSWORD"]
    ids = [given["key_versions"]["page"] for given in world.programs.variables]
    assert ids[0] != ids[1] == ids[2]


def test_what_was_chosen_stays_when_it_is_not_given_again(world: World) -> None:
    """Ours: going on with `alex deploy` alone takes away neither the alarm nor the database."""
    options = {"email": "me@example.com", "budget_usd": 20.0, "database": "url"}
    user = {f"{one}_DATABASE_URL": "postgresql://p:secret@db.example.com/one" for one in ("PLANNER", "RESEARCHER")}
    record = world.deploy(order_from(user, EMPTY, **options))
    again = order_from(user, record, email=None, budget_usd=None, database=None)
    assert (again.email, again.budget_usd, again.database) == tuple(options.values())
    assert order_from(user, record, email="you@example.com").email == "you@example.com"


def test_a_model_key_that_is_gone_is_warned_of(world: World) -> None:
    """Ours: a new terminal without the variable must not quietly turn the agents into rules."""
    world.deploy(order_from({"OPENAI_API_KEY": "sk-secret", "ALEX_MODEL": "gpt-5"}, EMPTY))
    assert "go back to the built-in model" not in world.out.getvalue()
    world.deploy(order_from({}, EMPTY))
    assert "go back to the built-in model" in world.out.getvalue()


def test_databases_by_url_become_secrets(world: World) -> None:
    """Ours: the addresses hold passwords."""
    user = {
        "PLANNER_DATABASE_URL": "postgresql://p:secret@db.example.com/planner",
        "RESEARCHER_DATABASE_URL": "postgresql://r:secret@db.example.com/researcher",
    }
    world.deploy(order_from(user, EMPTY, database="url"))
    assert world.secret("planner-database-url") == user["PLANNER_DATABASE_URL"]
    assert world.programs.variables[-1]["database"] == "url"


@pytest.mark.parametrize(
    ("user", "options", "said"),
    [
        ({}, {"database": "url"}, "needs PLANNER_DATABASE_URL=postgresql"),
        ({}, {"database": "mysql"}, "--database is dsql or url"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:11434/v1"}, {}, "cannot be reached from AWS"),
        ({"OPENAI_BASE_URL": "https://models.example.com/v1"}, {}, "ALEX_MODEL is not"),
        ({"FRONTEND_PASSWORD": "short"}, {}, "has 5 characters"),
    ],
    ids=["no address", "another database", "a model on this machine", "a server without a model", "a weak password"],
)
def test_an_order_that_cannot_work_is_refused(user: dict[str, str], options: dict[str, str], said: str) -> None:
    """Ours: before anything is made."""
    with pytest.raises(BadInput, match=said):
        order_from(user, EMPTY, **options)
