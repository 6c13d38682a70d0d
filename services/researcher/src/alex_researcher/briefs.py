"""The briefs of an owner's research: one, and the list of what was looked into and what each found to be different."""

from datetime import datetime

from alex_runs import RunStore, RunView

from alex_researcher.errors import BriefNotFound
from alex_researcher.following import TopicStore, topic_id_of
from alex_researcher.schemas import Brief, BriefPage, BriefSummary


async def brief_page(
    store: RunStore, topics: TopicStore, owner: str, *, since: datetime | None, limit: int, before: str | None
) -> BriefPage:
    """Return the briefs of research that ended at `since` or later, asked for last first.

    Raises:
        RunNotFound: `before` is no run of this owner.
    """
    moment = since.timestamp() if since else 0.0
    runs = await store.page(owner, limit=limit, before=before, result_since=moment)
    followed = {topic.id for topic in await topics.topics(owner)}
    briefs = [_summary(run.view, owner, followed) for run in runs]
    return BriefPage(briefs=briefs, next_before=runs[-1].id if len(runs) == limit else None)


async def find_brief(store: RunStore, owner: str, run_id: str) -> Brief:
    """Return the brief that a run made.

    Raises:
        RunNotFound: this owner has no such run.
        BriefNotFound: the run is not over, or ended without a brief.
    """
    run = (await store.get(owner, run_id)).view
    if run.output is None:
        raise BriefNotFound(run_id, run.status.value)
    return Brief.model_validate(run.output)


def _summary(run: RunView, owner: str, followed: set[str]) -> BriefSummary:
    brief = Brief.model_validate(run.output)
    topic_id = topic_id_of(owner, brief.topic)
    return BriefSummary(
        run_id=run.id,
        topic=brief.topic,
        topic_id=topic_id if topic_id in followed else None,
        status=run.status,
        model=brief.model,
        created_at=run.created_at,
        ended_at=run.updated_at,
        findings=len(brief.findings),
        missing=brief.missing,
        changes=brief.changes,
    )
