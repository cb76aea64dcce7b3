"""Pages drawn at the same time: no more than are ready sooner for it, and one of them draws."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from tally import board
from tally.board import turns
from tally.board.turns import AT_ONCE, aside


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page draw for as long as it likes."""
    monkeypatch.setattr(turns, "DRAWING_SECONDS", 60.0)


def most_at_once(viewer_count: int, draw: Callable[[int], None]) -> int:
    """Return how many pages had a turn at the same time, of so many that `draw` draws."""
    lock, begun, most = Lock(), 0, 0

    def view(number: int) -> None:
        nonlocal begun, most
        with board.turn():
            with lock:
                begun += 1
                most = max(most, begun)
            draw(number)
            with lock:
                begun -= 1

    with ThreadPoolExecutor(viewer_count) as viewers:
        list(viewers.map(view, range(viewer_count)))
    return most


@pytest.mark.usefixtures("patient")
def test_one_page_draws_at_a_time() -> None:
    assert most_at_once(4 * AT_ONCE, lambda _: Event().wait(0.002)) == 1


@pytest.mark.usefixtures("patient")
def test_while_some_wait_for_answers_others_draw_but_not_everybody_begins() -> None:
    everybody = Barrier(AT_ONCE, timeout=10)

    def ask(number: int) -> None:
        with aside():
            if number < AT_ONCE:
                everybody.wait()

    assert most_at_once(4 * AT_ONCE, ask) == AT_ONCE


def test_page_that_draws_for_long_does_not_keep_others_from_drawing() -> None:
    is_drawn = Event()

    def draw(number: int) -> None:
        if number == 0:
            assert is_drawn.wait(10)
        else:
            is_drawn.set()

    assert most_at_once(2, draw) <= 2


@pytest.mark.usefixtures("patient")
def test_page_that_fails_gives_its_turn_back() -> None:
    for _ in range(AT_ONCE + 1):
        with pytest.raises(RuntimeError), board.turn():
            raise RuntimeError
    with pytest.raises(RuntimeError), board.turn(), aside():
        raise RuntimeError
    with board.turn():
        pass


@pytest.mark.usefixtures("patient")
def test_who_has_no_turn_asks_without_one() -> None:
    with board.turn(), ThreadPoolExecutor(1) as elsewhere:

        def ask() -> None:
            with aside():
                pass

        elsewhere.submit(ask).result(timeout=10)
        assert turns._floor.give()
