"""Which words mean nearly the same?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from relations.coding.placing import Placed
from relations.coding.units import Units
from relations.resources import data_path, data_root

if TYPE_CHECKING:
    import numpy as np

#: Words beyond this distance after or before an actor are not its neighbours.
AFTER, BEFORE = 8, 6
#: A neighbour counts half at this distance.
HALF_DISTANCE = 3.0
ZONES = 6


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Word vectors: `index` gives a word's row in `table`, float32 (words, dimensions)."""

    index: dict[str, int]
    table: np.ndarray

    @property
    def dimensions(self) -> int:
        """Numbers in one vector."""
        return int(self.table.shape[1])


@cache
def load_vectors(lang: str = "en") -> WordVectors | None:
    """The vectors of a language, made by `data/build/vectors.py`; None where it has none."""
    import numpy as np

    if not (data_root() / f"vectors/{lang}.npz").is_file():
        return None
    with np.load(data_path(f"vectors/{lang}.npz"), allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode().split("\n")
        table = stored["table"] * stored["weight"][:, None]
        return WordVectors(dict(zip(words, range(len(words)), strict=True)), table)


def zone_vectors(placed: Placed, vectors: WordVectors) -> np.ndarray:
    """Where two actors stand, as vectors: float32 (pairs, 6 zones x dimensions), each zone of length one or zero.

    The zones are the whole sentence, what stands between the two, what follows the source, what follows the target,
    what comes before the target and what comes before the source; a neighbour counts less the farther it is. Actors
    and unknown words count nothing.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    found = [row for units in placed.sentences for row in _rows(units, vectors)]
    rows = np.array(found, dtype=np.int32)[placed.unit]
    known, pairs = rows >= 0, len(placed.pairs)
    zones = _zone_weights(placed.source[known], placed.target[known])
    zone, word = zones.nonzero()
    sizes = np.bincount(zone * pairs + placed.pair[known][word], minlength=ZONES * pairs)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    weights = csr_matrix((zones[zone, word], rows[known][word], ends), shape=(ZONES * pairs, len(vectors.table)))
    summed = weights @ vectors.table
    length = np.sqrt(np.einsum("ij,ij->i", summed, summed))[:, None]
    unit = (summed / np.where(length > 0, length, 1.0)).reshape(ZONES, pairs, -1)
    return np.asarray(unit.transpose(1, 0, 2).reshape(pairs, -1))


def _rows(units: Units, vectors: WordVectors) -> list[int]:
    """The row of each unit's word in the table; -1 for actors and unknown words."""
    get = vectors.index.get
    return [-1 if mention >= 0 else get(word, -1) for word, mention in zip(units.lower, units.mention, strict=True)]


def _zone_weights(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """What words count in each zone, float32 (zones, words), by their distance from source and target."""
    import numpy as np

    return np.stack(
        [
            np.ones(source.shape),
            source * target < 0,
            _near(source, AFTER),
            _near(target, AFTER - 2),
            _near(-target, BEFORE),
            _near(-source, BEFORE),
        ]
    ).astype(np.float32)


def _near(distance: np.ndarray, reach: int) -> np.ndarray:
    import numpy as np

    return np.asarray(_decay(reach)[np.clip(distance, 0, reach + 1)])


@cache
def _decay(reach: int) -> np.ndarray:
    """What a neighbour counts by its distance, from 0 to just beyond reach; on the wrong side it counts nothing."""
    import numpy as np

    distance = np.arange(reach + 2)
    near = HALF_DISTANCE / (HALF_DISTANCE + distance)
    return np.asarray(np.where((distance > 0) & (distance <= reach), near, 0.0))
