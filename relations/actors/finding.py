"""Which actors does a sentence speak of, and in which roles?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from relations.actors.agents import load_agents
from relations.actors.gazetteer import load_gazetteer
from relations.actors.homonyms import load_homonyms
from relations.actors.officials import NO_OFFICIALS, Officials
from relations.actors.references import resolve
from relations.actors.roles import bind_roles
from relations.records import Mention


def find_mentions(
    text: str,
    on: date | None = None,
    lang: str = "en",
    memory: Sequence[Mention] = (),
    officials: Officials = NO_OFFICIALS,
) -> list[Mention]:
    """Actors of a sentence, sorted by where they start, never overlapping.

    Parameters
    ----------
    text : str
        One sentence; offsets of the mentions are offsets in it.
    on : datetime.date, optional
        The day of the document: decides between office-holders who share a name, and dated aliases.
    lang : str
        Language of the tables.
    memory : sequence of Mention
        Mentions of the sentences before, oldest first, to which `the two countries` or a surname may point back.
    officials : Officials
        A user's own office-holders, besides those of the package.

    Examples
    --------
    >>> [(m.text, m.actor, m.role) for m in find_mentions("Malian soldiers met the embassy of France.")]
    [('Malian soldiers', 'MLI', 'MIL'), ('embassy of France', 'FRA', 'DIP')]
    """
    mentions = load_gazetteer(lang, officials).find(text, on)
    if not mentions and not memory:
        return []
    nouns = load_agents(lang).find(text)
    mentions = bind_roles(text, mentions, nouns, load_homonyms(lang).is_common, lang)
    references = resolve(text, mentions, memory, nouns, lang)
    return sorted([*mentions, *references], key=lambda one: one.start) if references else mentions
