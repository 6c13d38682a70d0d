"""Which links of a listing are about a topic, by their words."""

from collections.abc import Collection, Sequence

from alex_researcher.knowledge import Link
from alex_researcher.topic_words import TopicWords, words


def choose_links(links: Sequence[Link], topic: TopicWords, *, already: Collection[str], limit: int) -> list[str]:
    """Return the addresses of at most `limit` links that name the topic, those that name it most first, none twice."""
    texts = {link.url: words(f"{link.text} {link.url.rsplit('/', 1)[-1]}") for link in links}
    about = [url for url, found in texts.items() if url not in already and topic.named_by(found)]
    return sorted(about, key=lambda url: (-len(topic.found_in(texts[url])), url))[: max(0, limit)]
