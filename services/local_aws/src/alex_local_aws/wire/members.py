"""Pydantic models as AWS request shapes: camelCase members, and broken rules told in AWS's words.

The wording is that of Smithy's server validation, which AWS services generate from the same models:
https://smithy.io/2.0/spec/constraint-traits.html and `smithy.framework#ValidationException`.
"""

import re
from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from alex_local_aws.wire.errors import FieldProblem, ValidationException

_QUOTED = re.compile("'([^']*)'")
_RULES = {
    "too_short": "Member must have length greater than or equal to {min_length}",
    "string_too_short": "Member must have length greater than or equal to {min_length}",
    "too_long": "Member must have length less than or equal to {max_length}",
    "string_too_long": "Member must have length less than or equal to {max_length}",
    "greater_than_equal": "Member must be greater than or equal to {ge}",
    "less_than_equal": "Member must be less than or equal to {le}",
    "float_type": "Member must be a finite number",
    "string_pattern_mismatch": "Member must satisfy regular expression pattern: {pattern}",
}
"""By pydantic's error types."""
_FAILED = "failed to satisfy constraint: "


class WireModel(BaseModel):
    """A structure of a request; unknown members are ignored, as AWS does."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True, frozen=True)


Input = TypeVar("Input", bound=WireModel)


def parse(model: type[Input], body: bytes) -> Input:
    """Return the request in `body`.

    Raises:
        ValidationException: the body is not JSON, or members of it break rules; each is named.
    """
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise refusal([_problem(detail) for detail in error.errors(include_url=False)]) from None


def refusal(problems: Sequence[FieldProblem]) -> ValidationException:
    """Return one exception for all `problems`."""
    noun = "error" if len(problems) == 1 else "errors"
    sentences = "; ".join(problem.message for problem in problems)
    return ValidationException(f"{len(problems)} validation {noun} detected. {sentences}", problems)


def constraint(path: str, rule: str, *, length: int | None = None) -> FieldProblem:
    """Return the problem that the value at `path` breaks `rule`."""
    subject = "Value" if length is None else f"Value with length {length}"
    return FieldProblem(path, f"{subject} at '{path}' {_FAILED}{rule}")


def _problem(detail: ErrorDetails) -> FieldProblem:
    path = "/" + "/".join(str(part) for part in detail["loc"])
    if detail["type"] == "json_invalid":
        return FieldProblem("/", f"The request body is not JSON: {detail['msg']}")
    length = detail.get("ctx", {}).get("actual_length")
    if length is None and detail["type"].startswith("string_too") and isinstance(detail["input"], str):
        length = len(detail["input"])
    return constraint(path, _rule(detail), length=length)


def _rule(detail: ErrorDetails) -> str:
    if detail["type"] == "missing" or detail["input"] is None:
        return "Member must not be null"
    context = detail.get("ctx", {})
    if detail["type"] == "literal_error":
        return f"Member must satisfy enum value set: [{', '.join(_QUOTED.findall(context['expected']))}]"
    template = _RULES.get(detail["type"])
    return template.format(**context) if template else f"Member must be of another type or form ({detail['msg']})"
