"""Which camps do states stand in?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from relations.countries import name_of
from relations.errors import BadRecord, NoSuchActor
from relations.networks.grouping import find_groups, quality, signed_modularity, together
from relations.networks.signs import matrix_of, states_in, strength
from relations.records import Score
from relations.scoring.buckets import Floats, Whole
from relations.scoring.showing import html_table, text_table

#: Two states belong together when they stand in one group in more than this share of the runs.
MOST_RUNS = 0.5
#: Ties from camp to camp have a mean from so many full shares of evidence on: one clash of two states is no camp's.
LEAST_EVIDENCE = 1.0
_HEADER = ("camp", "states", "inside", "outside", "hold", "members")
_QUARREL_HEADER = ("camp", "pair", "score", "low", "high", "word", "events")
_SHOWN_MEMBERS = 16
_SHOWN_QUARRELS = 10


@dataclass(frozen=True, slots=True)
class Camp:
    """States that stand together.

    Attributes
    ----------
    number : int
        1 for the largest.
    members : tuple of str
        Codes, the one most bound to the others first.
    inside, outside : float or None
        Mean score of its members with one another, and with all others, weighted by evidence; None without any.
    hold : float
        Share of the runs, 0 to 1, in which two of its members stood in one group, on average.
    holds : tuple of float
        The same of each member with the others.
    quarrels : tuple of Score
        Surely hostile ties inside, the worst first.
    """

    number: int
    members: tuple[str, ...]
    inside: float | None
    outside: float | None
    hold: float
    holds: tuple[float, ...]
    quarrels: tuple[Score, ...]

    def __len__(self) -> int:
        return len(self.members)

    def __contains__(self, code: object) -> bool:
        return code in self.members

    def cells(self) -> list[Any]:
        """One row for people."""
        more = len(self) - _SHOWN_MEMBERS
        rest = f" and {more} more" if more > 0 else ""
        members = " ".join(self.members[:_SHOWN_MEMBERS]) + rest
        return [self.number, len(self), self.inside, self.outside, self.hold, members]


@dataclass(frozen=True, slots=True)
class Communities:
    """Camps of states on one day, the largest first.

    Iterates over the camps; `communities["FRA"]` is the camp of a state.

    Attributes
    ----------
    at : datetime.date or None
        None when nothing was scored.
    camps : tuple of Camp
        Of two members or more.
    alone : tuple of str
        States that are in no camp: their ties are too few, or pull them to several.
    quality : float
        Signed modularity of the camps, at most 1; 0 is what chance gives.
    between : tuple of tuple of (float or None)
        Mean scores from camp to camp, weighted by evidence, those inside on the diagonal; None where there is hardly
        any evidence.
    seed, runs : int

    Notes
    -----
    A tie weighs its score times its share of evidence W / (W + k). Groups are sought by the Louvain method on the
    signed modularity of Gómez, Jensen and Arenas (2009): a friendly tie inside counts by what it exceeds the one
    expected of two states so friendly to all, a hostile one against it. Many partitions are nearly as good, so the
    search is run from many orders, and states that stand together in most of the runs are a camp (consensus,
    Lancichinetti and Fortunato 2012). Limits: a state stands in one camp only; camps smaller than what the whole
    network resolves melt into others (Fortunato and Barthélemy 2007); states without a tie to one another stand
    together when they share friends or foes; and it is tone as reported, not alliance.

    References
    ----------
    Blondel, V. D. and others (2008). Fast unfolding of communities in large networks. Journal of Statistical Mechanics,
    P10008. Fortunato, S. and Barthélemy, M. (2007). Resolution limit in community detection. PNAS 104, 36-41.
    Lancichinetti, A. and Fortunato, S. (2012). Consensus clustering in complex networks. Scientific Reports 2, 336.
    """

    at: date | None
    camps: tuple[Camp, ...]
    alone: tuple[str, ...]
    quality: float
    between: tuple[tuple[float | None, ...], ...]
    seed: int
    runs: int

    def __iter__(self) -> Iterator[Camp]:
        return iter(self.camps)

    def __len__(self) -> int:
        return len(self.camps)

    def __getitem__(self, code: str) -> Camp:
        """The camp of a state.

        Raises
        ------
        NoSuchActor
            When it is in none.
        """
        for camp in self.camps:
            if code in camp:
                return camp
        where = "stands alone" if code in self.alone else "has no score on that day"
        raise NoSuchActor(f"{code} is in no camp: it {where}.")

    def to_frame(self) -> pd.DataFrame:
        """One row a state: its camp, 0 when it stands alone, and how firmly it holds to it, 0 to 1."""
        rows = [
            [code, name_of(code), camp.number, hold]
            for camp in self.camps
            for code, hold in zip(camp.members, camp.holds, strict=True)
        ]
        rows += [[code, name_of(code), 0, np.nan] for code in self.alone]
        frame = pd.DataFrame(rows, columns=["country", "name", "camp", "hold"])
        return frame.astype({"camp": np.int64, "hold": float})

    def between_frame(self) -> pd.DataFrame:
        """Mean scores from camp to camp, by their numbers."""
        numbers = [camp.number for camp in self.camps]
        return pd.DataFrame(self.between, index=numbers, columns=numbers, dtype=float)

    @property
    def title(self) -> str:
        """The finding in a line."""
        if self.at is None:
            return "Nothing was scored: there are no camps."
        count = f"{len(self)} camp{'' if len(self) == 1 else 's'}"
        return f"Camps on {self.at}: {count}, signed modularity {self.quality:.2f} (0 is chance)."

    def tables(self) -> list[tuple[str, tuple[str, ...], list[list[Any]]]]:
        """Title, header and rows of each table for people."""
        if not self.camps:
            return []
        quarrels = [(camp, score) for camp in self.camps for score in camp.quarrels]
        quarrels.sort(key=lambda one: one[1].score)
        means = [[camp.number, *row] for camp, row in zip(self.camps, self.between, strict=True)]
        listed = f" ({_SHOWN_QUARRELS} of {len(quarrels)})" if len(quarrels) > _SHOWN_QUARRELS else ""
        tables: list[tuple[str, tuple[str, ...], list[list[Any]]]] = [
            ("Camps", _HEADER, [camp.cells() for camp in self.camps]),
            ("Mean score from camp to camp", ("camp", *(str(camp.number) for camp in self.camps)), means),
        ]
        if quarrels:
            rows: list[list[Any]] = [
                [camp.number, f"{s.source}-{s.target}", s.score, s.low, s.high, s.word, s.n_events]
                for camp, s in quarrels[:_SHOWN_QUARRELS]
            ]
            tables.append((f"Hostile inside a camp{listed}", _QUARREL_HEADER, rows))
        return tables

    @property
    def remark(self) -> str:
        """Who stands alone, in a line; empty when none does."""
        return f"In no camp: {' '.join(self.alone)}." if self.alone else ""

    def __str__(self) -> str:
        tables = [f"\n{title}\n{text_table(header, rows, digits=2)}" for title, header, rows in self.tables()]
        return "\n".join([self.title, *tables, *([f"\n{self.remark}"] if self.remark else [])])

    def _repr_html_(self) -> str:
        first, *rest = self.tables() or [("", _HEADER, [])]
        parts = [(f"{self.title} {self.remark}", *first[1:]), *rest]
        return "".join(html_table(title, header, rows) for title, header, rows in parts)


def communities_of(scores: Sequence[Score], k: float, *, seed: int = 0, runs: int = 50) -> Communities:
    """Camps of the mutual scores of one day; see Scores.communities.

    Parameters
    ----------
    scores : sequence of Score
        Mutual, of one day.
    k : float
        Pseudo-events of the prior, which say how much of a score is owed to evidence.
    seed : int
        0 or more.
    runs : int
        1 or more.

    Raises
    ------
    BadRecord
        When a number is out of its range.

    Examples
    --------
    >>> day = date(2025, 9, 19)
    >>> def tie(one, other, points, word):
    ...     return Score(day, one, other, False, points, points - 1, points + 1, word, "ok", 9, 9.0, day)
    >>> found = communities_of(
    ...     [tie("BFA", "MLI", 4.0, "friendly"), tie("FRA", "USA", 5.0, "close"), tie("FRA", "MLI", -4.0, "tense")], k=2
    ... )
    >>> [sorted(camp.members) for camp in found]
    [['BFA', 'MLI'], ['FRA', 'USA']]
    """
    if seed < 0 or runs < 1:
        raise BadRecord(f"Want a seed of 0 or more and 1 run or more, got {seed} and {runs}.")
    codes = states_in(scores)
    weights = matrix_of(codes, scores, [strength(score, k) for score in scores])
    gain = signed_modularity(weights)
    found = find_groups(gain, seed, runs)
    beside = together(found)
    groups = find_groups(beside - MOST_RUNS, seed, 1)[0]
    evidence = matrix_of(codes, scores, [score.weight / (score.weight + k) for score in scores])
    places = _places(groups, weights)
    means = _means(places, weights, evidence)
    camps = tuple(
        _camp(number, members, codes, scores, beside, means, _outside(members, weights, evidence))
        for number, members in enumerate(places, start=1)
    )
    in_camp = {code for camp in camps for code in camp.members}
    return Communities(
        at=scores[0].at if scores else None,
        camps=camps,
        alone=tuple(code for code in codes if code not in in_camp),
        quality=quality(gain, groups),
        between=means,
        seed=seed,
        runs=runs,
    )


def _places(groups: Whole, weights: Floats) -> list[Whole]:
    """Places of the members of each group of two or more: the most bound first, the largest group first."""
    found = []
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        bound = weights[np.ix_(members, members)].sum(axis=1)
        found.append(members[np.argsort(-bound.round(9), kind="stable")])
    return sorted((members for members in found if len(members) > 1), key=lambda m: (-len(m), int(m.min())))


def _means(places: list[Whole], weights: Floats, evidence: Floats) -> tuple[tuple[float | None, ...], ...]:
    """Mean scores from camp to camp; None where the evidence is less than that of one well-known tie."""

    def mean(one: Whole, other: Whole) -> float | None:
        block = np.ix_(one, other)
        enough = one is other or evidence[block].sum() >= LEAST_EVIDENCE
        return _ratio(weights[block], evidence[block]) if enough else None

    return tuple(tuple(mean(one, other) for other in places) for one in places)


def _outside(members: Whole, weights: Floats, evidence: Floats) -> float | None:
    others = np.setdiff1d(np.arange(len(weights)), members)
    return _ratio(weights[np.ix_(members, others)], evidence[np.ix_(members, others)])


def _ratio(weights: Floats, evidence: Floats) -> float | None:
    """Mean score weighted by evidence; None without any."""
    total = float(evidence.sum())
    return float(weights.sum()) / total if total else None


def _camp(
    number: int, members: Whole, codes: Sequence[str], scores: Sequence[Score], beside: Floats,
    means: tuple[tuple[float | None, ...], ...], outside: float | None,
) -> Camp:  # fmt: skip
    names = [codes[place] for place in members]
    shares = (beside[np.ix_(members, members)].sum(axis=1) - 1) / (len(members) - 1)
    there = set(names)
    quarrels = [score for score in scores if score.high < 0 and score.source in there and score.target in there]
    return Camp(
        number,
        tuple(names),
        inside=means[number - 1][number - 1],
        outside=outside,
        hold=float(shares.mean()),
        holds=tuple(shares.tolist()),
        quarrels=tuple(sorted(quarrels, key=lambda score: score.score)),
    )
