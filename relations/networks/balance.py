"""Are the friends of a state's friends its friends, and its enemies' friends its enemies?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from relations.countries import name_of
from relations.networks.triads import BALANCED, KINDS
from relations.records import Score
from relations.scoring.showing import html_table, text_table
from relations.scoring.wording import count_of

#: What each kind of triad means (Heider 1946).
MEANINGS = (
    "a friend of a friend is a friend",
    "a friend of a friend is an enemy",
    "an enemy of a friend is an enemy",
    "an enemy of an enemy is an enemy",
)
_COUNT_HEADER = ("triad", "meaning", "balanced", "number", "by chance", "low", "high")
_STRAINED_HEADER = ("strain", "hostile", "score", "friend of both", "with first", "with second", "events")
_COUNTRY_HEADER = ("country", "name", "friends", "foes", "triads", "balanced", "strained", "share")
_SHOWN_COUNTRIES = 10


@dataclass(frozen=True, slots=True)
class TriadCount:
    """How often one kind of triad is found, and how often it would be by chance.

    `expected` is the mean over the permutations, `low` and `high` hold nine in ten of them; None without any.
    """

    kind: str
    number: int
    expected: float | None
    low: float | None
    high: float | None

    @property
    def balanced(self) -> bool:
        """Whether the product of the signs is above 0."""
        return BALANCED[KINDS.index(self.kind)]


@dataclass(frozen=True, slots=True)
class StrainedTriad:
    """Two states that are hostile to one another, and a third that is friendly to both.

    Attributes
    ----------
    hostile : Score
        Of the two.
    friend : str
        Code of the third.
    friendly : tuple of Score
        Of the third with `hostile.source` and with `hostile.target`.
    strain : float
        Strength of the weakest of the three ties, 0 to 10: a triad is as strained as the tie most easily given up.
    """

    hostile: Score
    friend: str
    friendly: tuple[Score, Score]
    strain: float

    def cells(self) -> list[Any]:
        """One row for people."""
        with_first, with_second = self.friendly
        events = min(score.n_events for score in (self.hostile, *self.friendly))
        pair = f"{self.hostile.source}-{self.hostile.target}"
        return [self.strain, pair, self.hostile.score, self.friend, with_first.score, with_second.score, events]


@dataclass(frozen=True, slots=True)
class CountryBalance:
    """One state's ties and triads; `strained` counts those of two friendly ties and a hostile one.

    `share` is the balanced part of its triads, None when it is in none.
    """

    code: str
    friends: int
    foes: int
    triads: int
    balanced: int
    strained: int

    @property
    def share(self) -> float | None:
        """Balanced triads, 0 to 1."""
        return self.balanced / self.triads if self.triads else None

    def cells(self) -> list[Any]:
        """One row for people."""
        return [
            self.code, name_of(self.code), self.friends, self.foes, self.triads, self.balanced, self.strained,
            self.share,
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Balance:
    """Structural balance of one day's network (Heider 1946; Cartwright and Harary 1956).

    Attributes
    ----------
    at : datetime.date or None
        None when nothing was scored.
    states, friendly, hostile : int
        How many states have a tie whose sign is sure, and how many such ties there are of either sign.
    counts : tuple of TriadCount
        The kinds `+++`, `++-`, `+--` and `---`.
    expected, low, high : float or None
        Balanced share that the permutations give: their mean, and the limits that hold nine in ten of them.
    p : float or None
        Share of the permutations that are as balanced as what was found, or more, itself counted as one of them
        (Phipson and Smyth 2010).
    countries : tuple of CountryBalance
        Every state with a sure tie, those in most strained triads first.
    strained : tuple of StrainedTriad
        The most strained triads, the worst first.
    threshold : float or None
        The least score that was taken for a sign; None where the intervals decided.
    permutations, seed : int

    Notes
    -----
    Most scores of a news feed are above 0, so that most triads are `+++` whatever states do: read the share beside what
    chance gives, never alone.

    References
    ----------
    Cartwright, D. and Harary, F. (1956). Structural balance: a generalization of Heider's theory. Psychological Review
    63, 277-293. Davis, J. A. (1967). Clustering and structural balance in graphs. Human Relations 20, 181-187. Heider,
    F. (1946). Attitudes and cognitive organization. Journal of Psychology 21, 107-112. Leskovec, J., Huttenlocher, D.
    and Kleinberg, J. (2010). Signed networks in social media. CHI 2010. Phipson, B. and Smyth, G. K. (2010).
    Permutation p-values should never be zero. Statistical Applications in Genetics and Molecular Biology 9, 39.
    """

    at: date | None
    states: int
    friendly: int
    hostile: int
    counts: tuple[TriadCount, ...]
    expected: float | None
    low: float | None
    high: float | None
    p: float | None
    countries: tuple[CountryBalance, ...]
    strained: tuple[StrainedTriad, ...]
    threshold: float | None
    permutations: int
    seed: int

    @property
    def triads(self) -> int:
        """Number of triads whose three ties all have a sure sign."""
        return sum(count.number for count in self.counts)

    @property
    def strained_total(self) -> int:
        """How many triads are of two friendly ties and a hostile one, listed or not."""
        return self._number("++-")

    @property
    def share(self) -> float | None:
        """Balanced triads, 0 to 1; None when there is no triad."""
        return (self._number("+++") + self._number("+--")) / self.triads if self.triads else None

    @property
    def weak_share(self) -> float | None:
        """The same where three states that are all hostile to one another count as balanced (Davis 1967)."""
        return 1 - self._number("++-") / self.triads if self.triads else None

    def _number(self, kind: str) -> int:
        return next(count.number for count in self.counts if count.kind == kind)

    def to_frame(self) -> pd.DataFrame:
        """One row a state: its friends, foes and triads."""
        return pd.DataFrame([country.cells() for country in self.countries], columns=list(_COUNTRY_HEADER)).astype(
            {"share": float}
        )

    def strained_frame(self) -> pd.DataFrame:
        """One row for each strained triad that is listed."""
        names = ["strain", "source", "target", "score", "friend", "score_source", "score_target", "events"]
        rows = [[t.strain, t.hostile.source, t.hostile.target, *t.cells()[2:]] for t in self.strained]
        return pd.DataFrame(rows, columns=names)

    @property
    def title(self) -> str:
        """The finding in sentences."""
        if self.at is None:
            return "Nothing was scored: there is no network."
        signs = "whose 90% interval leaves out 0" if self.threshold is None else f"of {self.threshold:g} or beyond"
        ties = f"{self.friendly:,} friendly and {self.hostile:,} hostile ties {signs}"
        size = f"{count_of(self.states, 'state')}, {count_of(self.triads, 'triad')}"
        text = f"Balance on {self.at}: {ties}; {size}."
        return f"{text}\n{self._verdict()}" if self.triads else text

    def _verdict(self) -> str:
        text = f"{self.share:.1%} of the triads are balanced"
        if self.expected is None or self.low is None or self.high is None or self.share is None:
            return f"{text}."
        chance = f"{self.expected:.1%} ({self.low:.1%} to {self.high:.1%}) if the same signs fell at random"
        if self.hostile == 0 or self.friendly == 0:
            return f"{text}; all signs are the same, so that chance gives no other share."
        beyond = "more than" if self.share > self.high else "less than" if self.share < self.low else "no more than"
        return f"{text}, {beyond} chance gives: {chance}; p = {self.p:.3f}."

    def tables(self) -> list[tuple[str, tuple[str, ...], list[list[Any]]]]:
        """Title, header and rows of each table for people."""
        counts: list[list[Any]] = [
            [count.kind, meaning, count.balanced, count.number, count.expected, count.low, count.high]
            for count, meaning in zip(self.counts, MEANINGS, strict=True)
        ]
        countries = [country.cells() for country in self.countries if country.triads][:_SHOWN_COUNTRIES]
        strained = [triad.cells() for triad in self.strained]
        listed = f"{len(strained):,} of {self.strained_total:,}" if len(strained) < self.strained_total else "all"
        return [
            table
            for table in (
                ("Triads", _COUNT_HEADER, counts),
                (f"Most strained, a friend of a friend is an enemy ({listed})", _STRAINED_HEADER, strained),
                ("Countries in most strained triads", _COUNTRY_HEADER, countries),
            )
            if self.triads and table[2]
        ]

    def __str__(self) -> str:
        tables = [f"\n{title}\n{text_table(header, rows, digits=2)}" for title, header, rows in self.tables()]
        return "\n".join([self.title, *tables])

    def _repr_html_(self) -> str:
        first, *rest = self.tables() or [("", _COUNT_HEADER, [])]
        parts = [(self.title, *first[1:]), *rest]
        return "".join(html_table(title, header, rows) for title, header, rows in parts)
