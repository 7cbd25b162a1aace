"""Which words mean nearly the same?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from relations.coding.units import Units
from relations.resources import data_path, data_root

if TYPE_CHECKING:
    import numpy as np

#: Words beyond this distance after or before an actor are not its neighbours.
AFTER, BEFORE = 8, 6
#: A neighbour counts half at this distance.
HALF_DISTANCE = 3.0


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Word vectors: `index` gives a word's row in `table` (int8), `weight` what a unit of that row is worth."""

    index: dict[str, int]
    table: np.ndarray
    weight: np.ndarray

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
        return WordVectors(dict(zip(words, range(len(words)), strict=True)), stored["table"], stored["weight"])


def sentence_vectors(units: Units, vectors: WordVectors) -> np.ndarray:
    """One vector a unit of the sentence, float32 (units, dimensions): zero for actors and unknown words."""
    import numpy as np

    out = np.zeros((len(units), vectors.dimensions), dtype=np.float32)
    known = [
        (i, row)
        for i, word in enumerate(units.lower)
        if units.mention[i] < 0 and (row := vectors.index.get(word)) is not None
    ]
    if known:
        places, rows = map(list, zip(*known, strict=True))
        out[places] = vectors.table[rows] * vectors.weight[rows, None]
    return out


def zone_vectors(units: Units, pairs: Sequence[tuple[int, int]], vectors: WordVectors) -> np.ndarray:
    """Where two actors stand, as vectors: float32 (pairs, 6 zones x dimensions), each zone of length one or zero.

    The zones are the whole sentence, what stands between the two, what follows the source, what follows the target,
    what comes before the target and what comes before the source; a neighbour counts less the farther it is.

    Parameters
    ----------
    units : Units
        The sentence.
    pairs : sequence of (int, int)
        Indexes of source and target mentions.
    vectors : WordVectors
        The table.
    """
    import numpy as np

    places = np.arange(len(units))
    source = places - np.array([[units.mention.index(s)] for s, _ in pairs])
    target = places - np.array([[units.mention.index(t)] for _, t in pairs])
    zones = np.stack(
        [
            np.ones(source.shape),
            source * target < 0,
            _near(source, AFTER),
            _near(target, AFTER - 2),
            _near(-target, BEFORE),
            _near(-source, BEFORE),
        ],
        axis=1,
    )
    summed = zones.astype(np.float32) @ sentence_vectors(units, vectors)
    length = np.linalg.norm(summed, axis=-1, keepdims=True)
    return np.asarray(summed / np.where(length > 0, length, 1.0)).reshape(len(pairs), -1)


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
