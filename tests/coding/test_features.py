"""Does the coder see of a pair what the model was trained on?"""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from relations.actors.finding import find_mentions
from relations.coding.classifier import load_classifier
from relations.coding.features import feature_texts
from relations.coding.placing import Pair, place_pairs
from relations.coding.units import split_units
from relations.coding.vectors import load_vectors, zone_vectors

SENTENCES = (
    "Two Malian diplomats were duly expelled by France, and Niger didn't protest.",
    "Kenya accused Uganda; Uganda accused Kenya of arming 1,200 rebels near the border in December.",
    "France attacked Mali.",
    "İran’s ﬁrst A|B w2=a_b raid on Iraq ~ x=1",
)


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    """Every directed pair of every sentence."""
    found: list[Pair] = []
    for text in SENTENCES:
        units = split_units(text, find_mentions(text))
        found += [(units, a, b) for a, b in itertools.permutations(range(len(units.mentions)), 2)]
    return found


def test_features_name_where_a_word_stands(pairs):
    features = set(feature_texts(pairs)[0].split())  # of Mali and France
    assert {"o=st", "w=expel~", "mst=expel~", "mst2=duly_expel~", "s+1=be", "t-1=by", "is=diplomats"} <= features
    assert not {"w=France", "w=Mali", "o=ts"} & features


def test_the_coder_weighs_features_as_the_vectorizer_does(pairs):
    model = load_classifier().text
    learned = model.vectorizer.transform(feature_texts(pairs))
    coded = model.weights.matrix(place_pairs(pairs))
    assert abs(learned - coded).max() < 1e-6
    assert learned.nnz == coded.nnz > 100


def test_pairs_placed_together_are_as_those_placed_alone(pairs):
    weights, vectors = load_classifier().text.weights, load_vectors()
    together = weights.matrix(place_pairs(pairs)).toarray()
    alone = np.concatenate([weights.matrix(place_pairs([pair])).toarray() for pair in pairs])
    assert np.array_equal(together, alone)
    zones = zone_vectors(place_pairs(pairs), vectors)
    one_by_one = np.concatenate([zone_vectors(place_pairs([pair]), vectors) for pair in pairs])
    assert np.allclose(zones, one_by_one, atol=1e-6)
