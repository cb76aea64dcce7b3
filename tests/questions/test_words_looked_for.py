"""Words looked for in the texts of a row, against Python's own way of doing it."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tally.store import Database

# Signs with a case and without one, of two widths, what separates words, and what means something
# to patterns.
SIGNS = st.sampled_from("aAbBéÉ5９管网Ａａ %_.\\*\t　\xa0")
TEXTS = st.lists(st.text(SIGNS, max_size=6) | st.none(), min_size=1, max_size=3)


def is_held(texts: list[str | None], words: str) -> bool:
    """Tell whether each word is in one of the texts."""
    said = [text.lower() for text in texts if text is not None]
    return bool(said) and all(any(word in text for text in said) for word in words.lower().split())


@settings(max_examples=300, deadline=None)
@given(texts=TEXTS, words=st.text(SIGNS, max_size=6))
@example(texts=["管网", None, "a5"], words="A5　管")
@example(texts=["管", "网"], words="管网")
@example(texts=["b管B5"], words="B管b")
@example(texts=["管网"], words=" ")
def test_words_are_found_as_python_finds_them(
    trial_database: Database, texts: list[str | None], words: str
) -> None:
    found = trial_database.rows(
        "SELECT coalesce(bool_or(holds_first_word(said, $words::VARCHAR)), false) AND"
        " holds_other_words(array_to_string($texts::VARCHAR[], chr(10)), $words::VARCHAR) AS is_held "
        "FROM (SELECT unnest($texts::VARCHAR[]) AS said)",
        {"texts": texts, "words": words},
    )
    assert found.to_pylist() == [{"is_held": is_held(texts, words)}]
