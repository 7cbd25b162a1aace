"""In which language is a text written?"""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import Any

from relations.resources import languages

#: Languages that are told apart: the rarer ones that a finder knows are oftener its errors than a reader's texts.
TOLD_APART = (
    *("en", "fr", "es", "pt", "it", "de", "nl", "ro", "pl", "cs", "sv", "da", "hu", "tr", "ru", "uk", "ar", "fa"),
    *("zh", "ja", "ko", "sw", "id"),
)
#: A shorter text is held against the languages that we have tables for only, and one without letters against none.
SHORT = 200
#: How sure the finder must be of a short text that is not in the default language.
SURE = 0.9
#: More than this of a text tells no more.
ENOUGH = 600
_LETTER = re.compile(r"[^\W\d_]")


def find_language(text: str, default: str = "en") -> str:
    """Two letters of the language that a text is written in; `default` when it is too short to tell.

    Examples
    --------
    >>> find_language("Le Mali a expulsé l'ambassadeur de France."), find_language("Mali expelled the envoy of France.")
    ('fr', 'en')
    >>> find_language("1994"), find_language("Paris")
    ('en', 'en')
    """
    text = text[:ENOUGH]
    if not _LETTER.search(text):
        return default
    if len(text) >= SHORT:
        return str(_finder(TOLD_APART).classify(text)[0])
    lang, likely = _finder(languages()).classify(text)
    return str(lang) if likely >= SURE else default


@cache
def _finder(langs: tuple[str, ...]) -> Any:
    """A finder of some languages, which gives probabilities; all share the tables of one, which fill 100 MB."""
    finder = copy(_model())
    finder.set_languages(list(langs))
    return finder


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
