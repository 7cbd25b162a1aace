"""Which actors does a sentence speak of, and in which roles?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from relations.actors.agents import load_agents
from relations.actors.gazetteer import load_gazetteer
from relations.actors.roles import bind_roles
from relations.records import Mention


def find_mentions(text: str, on: date | None = None, lang: str = "en", memory: Sequence[Mention] = ()) -> list[Mention]:
    """Actors of a sentence, sorted by where they start, never overlapping."""
    mentions = load_gazetteer(lang).find(text, on)
    if mentions:
        mentions = bind_roles(text, mentions, load_agents(lang).find(text))
    return mentions
