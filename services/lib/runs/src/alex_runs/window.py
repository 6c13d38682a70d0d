"""How long one request works on runs: App Runner ends a request at 120 s, and nothing runs between requests."""

import time
from typing import Final

REQUEST_SECONDS: Final = 110.0
"""No request works longer; what is left of App Runner's 120 s is for the answer."""
SHORTEST_STEP_SECONDS: Final = 30.0
"""A step is not begun with less time than this: a model call that is cut off is paid again."""
LONGEST_STEP_SECONDS: Final = 100.0
"""A step that does not end within this will not end in any request. Model calls give up after 90 s of silence."""


class Window:
    """When the steps of one request may begin, and when the last one must have ended."""

    def __init__(self, budget_seconds: float) -> None:
        """Begin now; steps begin for up to `budget_seconds`, and less when the last one would have too little time."""
        self._begun = time.monotonic()
        self._budget_seconds = budget_seconds

    @property
    def seconds_left(self) -> float:
        """For how long the request may still work."""
        return max(0.0, self._begun + REQUEST_SECONDS - time.monotonic())

    @property
    def budget_left(self) -> float:
        """For how long the caller is still ready to wait."""
        return max(0.0, self._begun + self._budget_seconds - time.monotonic())

    @property
    def has_time(self) -> bool:
        """Whether another step may begin."""
        return self.has_time_for(SHORTEST_STEP_SECONDS)

    def has_time_for(self, step_seconds: float) -> bool:
        """Say whether another step may begin that may take as long as `step_seconds`."""
        return self.budget_left > 0 and self.seconds_left >= max(SHORTEST_STEP_SECONDS, step_seconds)
