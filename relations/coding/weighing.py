"""How much does each feature of a pair weigh in the trained model?

The stock vectorizer learns from texts which features there are (`features.feature_texts`). To code, the same numbers
are made without those texts, which takes a fifth of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relations.coding.features import Spot, find_spots
from relations.coding.placing import Placed

if TYPE_CHECKING:
    import numpy as np

#: The column of what the model does not know.
_UNKNOWN = -1


class FeatureWeights:
    """TF-IDF of features by their columns in the model, as a fitted `classifier.text_vectorizer` gives it.

    Parameters
    ----------
    columns : mapping of str to int
        The column of each feature, such as `w=attack` or `w2=attack_on`.
    idf : numpy.ndarray
        Inverse document frequency of each column.
    """

    def __init__(self, columns: Mapping[str, int], idf: np.ndarray) -> None:
        import numpy as np

        self._idf = idf
        self._row: dict[str, int] = {}
        by_name: dict[str, tuple[list[int], list[int]]] = {}
        for feature, column in columns.items():
            name, _, said = feature.partition("=")
            rows, found = by_name.setdefault(name, ([], []))
            for word in said.split("_"):
                rows.append(self._row.setdefault(word, len(self._row)))
            found.append(column)
        self._singles: dict[str, np.ndarray] = {}
        self._twos: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        for name, (rows, found) in by_name.items():
            if len(rows) == len(found):
                # one more row than there are words is that of unknown ones
                self._singles[name] = np.full(len(self._row) + 1, _UNKNOWN, dtype=np.int32)
                self._singles[name][rows] = found
            else:
                keys = self._key(*np.array(rows, dtype=np.int64).reshape(-1, 2).T)
                order = np.argsort(keys)
                self._twos[name] = keys[order], np.array(found, dtype=np.int32)[order]

    def _key(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        import numpy as np

        return np.asarray(first * (len(self._row) + 1) + second)

    def matrix(self, placed: Placed) -> Any:
        """Sparse rows (pairs, columns), each of length one."""
        import numpy as np
        from scipy.sparse import csr_matrix

        words, spots = find_spots(placed)
        rows = np.array([self._row.get(word, len(self._row)) for word in words], dtype=np.int64)
        columns = np.concatenate([self._columns(spot, rows) for spot in spots])
        pairs = np.concatenate([spot.pair for spot in spots])
        known = columns != _UNKNOWN
        # sorting numbers is several times as fast as what scipy does to count the same
        cells, counts = np.unique(pairs[known] * len(self._idf) + columns[known], return_counts=True)
        pair, column = np.divmod(cells, len(self._idf))
        sizes = np.bincount(pair, minlength=len(placed.pairs))
        weights = self._weights(pair, column, counts.astype(np.float32))
        ends = np.concatenate([[0], np.cumsum(sizes)])
        return csr_matrix((weights, column, ends), shape=(len(placed.pairs), len(self._idf)))

    def _columns(self, spot: Spot, rows: np.ndarray) -> np.ndarray:
        """The column of each feature of a spot; `rows` gives the row of each word."""
        import numpy as np

        if spot.second is None:
            known = self._singles.get(spot.name)
            return np.full(len(spot.word), _UNKNOWN) if known is None else known[rows[spot.word]]
        if spot.name not in self._twos:
            return np.full(len(spot.word), _UNKNOWN)
        keys, columns = self._twos[spot.name]
        wanted = self._key(rows[spot.word], rows[spot.second])
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, columns[place], _UNKNOWN)

    def _weights(self, pair: np.ndarray, column: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Sublinear counts times IDF, those of each pair divided by their length."""
        import numpy as np

        weights = (np.log(counts) + np.float32(1.0)) * self._idf[column]
        length = np.sqrt(np.bincount(pair, weights.astype(np.float64) ** 2))
        return np.asarray((weights / length[pair]).astype(np.float32))
