"""Errors of the researcher beyond those of runs.

NotFound
├── TopicNotFound            404  topic_not_found
└── BriefNotFound            404  brief_not_found
"""

from alex_edge import NotFound


class TopicNotFound(NotFound):
    """The owner follows no topic with this id."""

    code = "topic_not_found"

    def __init__(self, topic_id: str) -> None:
        super().__init__(f"no followed topic has the id {topic_id!r}; GET /topics lists them", topic_id=topic_id)


class BriefNotFound(NotFound):
    """The run has no brief: it is not over, or it ended without one."""

    code = "brief_not_found"

    def __init__(self, run_id: str, status: str) -> None:
        super().__init__(f"the run {run_id!r} has no brief; it is {status}", run_id=run_id, status=status)
