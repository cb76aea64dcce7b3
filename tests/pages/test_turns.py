"""Pages drawn at the same time: no more than are ready sooner for it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest

from tally import board
from tally.board.turns import AT_ONCE


def test_no_more_pages_than_have_a_turn_are_drawn_at_once() -> None:
    lock, drawn, most = Lock(), 0, 0
    everybody = Barrier(AT_ONCE, timeout=10)

    def draw(number: int) -> None:
        nonlocal drawn, most
        with board.turn():
            with lock:
                drawn += 1
                most = max(most, drawn)
            if number < AT_ONCE:
                everybody.wait()
            with lock:
                drawn -= 1

    with ThreadPoolExecutor(4 * AT_ONCE) as viewers:
        list(viewers.map(draw, range(4 * AT_ONCE)))
    assert most == AT_ONCE


def test_page_that_fails_gives_its_turn_back() -> None:
    for _ in range(AT_ONCE + 1):
        with pytest.raises(RuntimeError), board.turn():
            raise RuntimeError
    with board.turn():
        pass
