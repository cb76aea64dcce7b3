"""Where words become Markdown or HTML, whatever comes from rows has been made harmless."""

import ast
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.flowing import Module
from tests.test_structure import PROGRAM, place, tree

# Streamlit reads the first of their words as Markdown. Tables' cells, the choices of selectbox
# and multiselect, st.text and st.code are drawn as they are.
MARKDOWN = {
    *("markdown", "title", "header", "subheader", "caption", "write", "badge", "toast", "tabs"),
    *("error", "warning", "info", "success", "metric", "expander", "popover", "dialog", "spinner"),
    *("button", "download_button", "link_button", "form_submit_button", "checkbox", "toggle"),
    *("text_input", "text_area", "selectbox", "multiselect", "number_input", "radio", "slider"),
    *("date_input", "file_uploader", "segmented_control", "pills", "link_button", "status"),
}
# Of these the choices too, and the second of their words.
CHOICES = {"radio", "segmented_control", "pills"}
SECOND = {"metric", "progress"}
NAMED = {"help", "label", "captions", "body", "text", "delta", "page_link"}
# Where HTML is written: each of them escapes what is not its own (tests beside them).
HTML_FILES = {
    *("tally/frame.py", "tally/board/facts.py", "tally/board/ground.py", "tally/board/metrics.py"),
    "tally/board/page_style.py",
    *("tally/board/viewing.py", "tally/board/boundaries.py", "tally/board/wall_map.py"),
    "tally/board/wall.py",
    "tally/board/task_print.py",
}
SCREEN = [
    path for path in PROGRAM if place(path).startswith(("tally/board/", "pages/", "tally/frame.py"))
]
FORBIDDEN = {"unsafe_allow_html", "unsafe_allow_javascript"}


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of a method on a plain name, as `st.markdown(…)` or `left.button(…)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            base = node.func.value
            if isinstance(base, ast.Name) and base.id not in {"words", "verdicts", "stats"}:
                yield node.func.attr, node


def read_as_markdown(name: str, call: ast.Call) -> list[ast.expr]:
    """Return the words of a call that Streamlit reads as Markdown."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    said = [given[word] for word in NAMED & given.keys()] if name != "table" else []
    if name not in MARKDOWN | SECOND | {"page_link"}:
        return []
    if name in MARKDOWN:
        said += call.args[:1]
    if name in SECOND:
        said += call.args[1:2]
    if name in CHOICES:
        shown = given.get("format_func") or (call.args[1:2] or [given["options"]])[0]
        said.append(shown.body if isinstance(shown, ast.Lambda) else shown)
    return said


def is_escaping(node: ast.expr) -> bool:
    """Tell whether a function given by its name escapes, or looks up words of our own."""
    if not isinstance(node, ast.Attribute):
        return False
    looks_up = node.attr == "__getitem__" and getattr(node.value, "id", "").isupper()
    return node.attr == "escape_markdown" or looks_up


def live_words(tree: ast.Module) -> list[str]:
    """Return where words that may come from rows are read as Markdown as they stand."""
    module = Module(tree)
    return [
        f"{word.lineno} {name}: {ast.unparse(word)[:80]}"
        for name, call in calls(tree)
        for word in read_as_markdown(name, call)
        if not is_escaping(word) and not module.is_safe(word)
    ]


def test_words_of_rows_reach_markdown_only_escaped() -> None:
    found = [f"{place(path)}:{said}" for path in SCREEN for said in live_words(tree(path))]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "code",
    [
        "def f(row): st.markdown(row['title'])",
        "def f(row): st.button('看', help=f'看{row.title}')",
        "def f(row):\n name = str(row['unit'])\n st.error(f'{name}没有报')",
        "def f(rows): st.segmented_control('看', list(rows['unit']))",
        "def f(rows): st.title('、'.join(row['unit'] for row in rows))",
        "def f(row): return _g(row['unit'])\ndef _g(label): st.button(label)",
        "def f(rows):\n said = []\n said.append(rows['note'])\n st.caption(' '.join(said))",
        "def f(rows): st.metric('数', words.amount(1, rows['unit_of_measure']))",
    ],
)
def test_words_of_rows_are_followed_to_where_they_act(code: str) -> None:
    assert live_words(ast.parse(code))
    assert not live_words(ast.parse("def f(row): st.markdown(words.escape_markdown(row['title']))"))


def hostile_card() -> None:
    from tally.board.card import field_table

    field_table({"[评分项](//xss.invalid)": "[分值](//xss.invalid)"})


def test_names_of_fields_are_text_as_their_values_are() -> None:
    [table] = AppTest.from_function(hostile_card, default_timeout=60).run().table

    assert [cell for cell in table.value.to_numpy().flat if "](" in cell] == []


def test_html_is_written_in_few_places_and_never_let_into_markdown() -> None:
    writing = {place(path) for path in SCREEN for name, _ in calls(tree(path)) if name == "html"}
    letting = [
        place(path)
        for path in PROGRAM
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg in FORBIDDEN
    ]

    assert writing == HTML_FILES
    assert letting == []
