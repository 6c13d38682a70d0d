"""Both kinds of error of the number gate on the labelled sets: `python -m tests.planner.gate_errors` prints them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from alex_planner.number_gate import check_paragraph

from tests.planner import test_number_gate as few_facts
from tests.planner.plan import test_gate_on_plans as whole_plan
from tests.planner.plan import test_gate_on_ratios as measures


@dataclass(frozen=True)
class Labelled:
    """Sentences with the gate that they go through."""

    name: str
    supported: Sequence[str]
    unsupported: Sequence[str]
    refuses: Callable[[str], bool]

    def __str__(self) -> str:
        """Return both rates as text."""
        refused = sum(self.refuses(text) for text in self.supported)
        passed = sum(not self.refuses(text) for text in self.unsupported)
        return (
            f"{self.name}: {_rate(refused, len(self.supported))} sentences of facts refused, "
            f"{_rate(passed, len(self.unsupported))} sentences with an invented number passed"
        )


def _rate(errors: int, sentences: int) -> str:
    return f"{errors} of {sentences} ({100 * errors / sentences:.1f} %)"


def labelled_sets() -> Iterator[Labelled]:
    """Yield the three sets."""

    def refuses(text: str) -> bool:
        found = check_paragraph(text, few_facts.FACTS, quotes=few_facts.QUOTES, names=few_facts.NAMES)
        return bool(found)

    yield Labelled("21 facts", few_facts.SUPPORTED, few_facts.UNSUPPORTED, refuses)
    plan, measured = whole_plan.gate(), measures.gate()
    yield Labelled(
        f"a plan, {len(plan.facts)} facts",
        whole_plan.SUPPORTED,
        whole_plan.UNSUPPORTED,
        lambda text: bool(plan.check(text)),
    )
    yield Labelled(
        f"every measure, {len(measured.facts)} facts",
        measures.supported(),
        measures.UNSUPPORTED,
        lambda text: bool(measured.check(text)),
    )


if __name__ == "__main__":
    for labelled in labelled_sets():
        print(labelled)  # noqa: T201  what it is for
