"""Errors of the researcher beyond those of runs.

NotFound
└── TopicNotFound            404  topic_not_found
"""

from alex_edge import NotFound


class TopicNotFound(NotFound):
    """The owner follows no topic with this id."""

    code = "topic_not_found"

    def __init__(self, topic_id: str) -> None:
        super().__init__(f"no followed topic has the id {topic_id!r}; GET /topics lists them", topic_id=topic_id)
