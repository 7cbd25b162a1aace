"""Packed numbers come back as they went."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relations.maps.columns import pack, unpack


@given(st.lists(st.integers(-(2**52), 2**52)))
def test_what_was_packed_is_unpacked(numbers):
    assert unpack(pack(numbers)) == numbers


@given(st.lists(st.integers(-1000, 1000)))
def test_a_packed_column_needs_no_escape_anywhere(numbers):
    assert all(character.isalnum() or character in "-_" for character in pack(numbers))
