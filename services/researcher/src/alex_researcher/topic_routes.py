"""Followed topics over HTTP, and the endpoint that a scheduler calls: parse, call, answer."""

from typing import Annotated

from alex_edge import InvalidInput, Owner
from alex_runs import RunEngine, RunView
from fastapi import APIRouter, Depends, Header, Request

from alex_researcher.following import TopicStore
from alex_researcher.schemas import (
    DueAnswer,
    DueEvent,
    DueRefusal,
    DueRun,
    FollowedTopic,
    FollowInput,
    TopicList,
    Unfollowed,
)

router = APIRouter(tags=["topics"])


def _topics(request: Request) -> TopicStore:
    store: TopicStore = request.app.state.topics
    return store


def _engine(request: Request) -> RunEngine:
    engine: RunEngine = request.app.state.engine
    return engine


Topics = Annotated[TopicStore, Depends(_topics)]
Engine = Annotated[RunEngine, Depends(_engine)]


@router.post("/topics", status_code=201)
async def follow(body: FollowInput, owner: Owner, topics: Topics, engine: Engine) -> FollowedTopic:
    """Follow a topic; it is due at once, and then `every` so often. The same topic again takes the new settings."""
    # Refuses a budget that cannot be kept now, not when the topic is due.
    await engine.quote(owner, body.research(), body.budget)
    return await topics.follow(owner, body)


@router.get("/topics")
async def list_topics(owner: Owner, topics: Topics) -> TopicList:
    """List what the owner follows, oldest first."""
    return TopicList(topics=await topics.topics(owner))


@router.delete("/topics/{topic_id}")
async def unfollow(topic_id: str, owner: Owner, topics: Topics) -> Unfollowed:
    """Forget a topic; what was found about it stays stored."""
    await topics.unfollow(owner, topic_id)
    return Unfollowed(id=topic_id)


@router.post("/topics/{topic_id}/runs", status_code=202)
async def start_now(
    topic_id: str,
    owner: Owner,
    topics: Topics,
    engine: Engine,
    idempotency_key: Annotated[str, Header(min_length=1, max_length=120)],
) -> RunView:
    """Start a run on a topic before it is due, which is next `every` from now. The same key starts nothing new."""
    topic = await topics.find(owner, topic_id)
    run = await engine.create(owner, topic.input, f"now:{topic_id}:{idempotency_key}", topic.budget)
    await topics.note_early_run(topic_id, run.id)
    return run.view


@router.post("/due", status_code=202)
async def start_due(body: DueEvent, owner: Owner, topics: Topics, engine: Engine) -> DueAnswer:
    """Start a run for each topic that is due. The runs wait for somebody to advance or follow them.

    The same `event_id` again starts nothing new and answers with the same runs.
    """
    started, refused = [], []
    for due in await topics.take_due(owner, body.event_id):
        try:
            run = await engine.create(owner, due.input, f"due:{body.event_id}:{due.topic_id}", due.budget)
        except InvalidInput as exc:
            # One topic that cannot be started, as when a price is not set any more, must not stop the others.
            refused.append(DueRefusal(topic_id=due.topic_id, topic=due.input.topic, reason=exc.message))
            continue
        await topics.note_run(due.topic_id, run.id)
        started.append(DueRun(topic_id=due.topic_id, topic=due.input.topic, run_id=run.id, links=run.view.links))
    return DueAnswer(event_id=body.event_id, runs=started, refused=refused)
