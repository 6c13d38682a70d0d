"""The error tree of the planner."""

import inspect

from alex_edge import ServiceError
from alex_planner import errors


def test_every_error_stands_in_the_drawing_with_its_status_and_code() -> None:
    """Ours: the docstring of the module is the whole tree."""
    own = [
        item
        for item in vars(errors).values()
        if inspect.isclass(item) and issubclass(item, ServiceError) and item.__module__ == errors.__name__
    ]
    assert own
    lines = (errors.__doc__ or "").splitlines()
    for item in own:
        line = next(line for line in lines if item.__name__ in line.split())
        assert line.split(item.__name__)[1].split()[:2] == [str(item.status), item.code]
