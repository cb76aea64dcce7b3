"""Viewers without a browser: they speak the page's own protocol, so that many fit in one process.

What is timed ends when the server has sent the whole page; what a browser then draws is not in it.
"""

import asyncio
import random
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

UNIT_KEY = "-unit"
FIRST_SECONDS, ANSWER_SECONDS = 180.0, 120.0


class NoAnswer(RuntimeError):
    """The page's server did not answer in time, or hung up."""


@dataclass
class Viewer(ABC):
    """One viewer of a page: opens it, then chooses units again and again.

    `seconds` are those of each choice; NoAnswer where the server gives none.
    """

    address: str
    seconds: list[float] = field(default_factory=list)
    _options: list[str] = field(default_factory=list)

    @abstractmethod
    async def open(self) -> float:
        """Open the page and wait for all of it; return the seconds it took."""

    async def choose(self, chance: random.Random) -> float:
        """Choose one to three units at random; return the seconds until the page was whole."""
        units = chance.sample(self._options, min(len(self._options), chance.randint(1, 3)))
        begun = time.perf_counter()
        await self._run(units)
        self.seconds.append(time.perf_counter() - begun)
        return self.seconds[-1]

    @abstractmethod
    async def close(self) -> None:
        """Leave the page."""

    @abstractmethod
    async def _run(self, units: Sequence[str]) -> None:
        """Ask for the page of these units and wait for all of it."""


# Makes a viewer of the page at an address.
ViewerOf = Callable[[str], Viewer]


@dataclass
class StreamlitViewer(Viewer):
    """A viewer who speaks the websocket of a Streamlit page."""

    _socket: Any = None
    _widget: str = ""

    async def open(self) -> float:
        """Open the page and wait for all of it; return the seconds it took."""
        from websockets.asyncio.client import connect
        from websockets.typing import Origin, Subprotocol

        begun = time.perf_counter()
        self._socket = await connect(
            self.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(self.address),
            max_size=None,
            open_timeout=FIRST_SECONDS,
            # A page that is drowned is slow, not gone.
            ping_interval=None,
        )
        await self._run([])
        return time.perf_counter() - begun

    async def close(self) -> None:
        """Leave the page."""
        await self._socket.close()

    async def _run(self, units: Sequence[str]) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            await self._ask(units)
        except (TimeoutError, ConnectionClosed) as fault:
            raise NoAnswer(f"没有应答（{type(fault).__name__}）") from fault

    async def _ask(self, units: Sequence[str]) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        asked = BackMsg()
        asked.rerun_script.query_string = ""
        if units:
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = self._widget
            state.string_array_value.data.extend(units)
        await self._socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(await asyncio.wait_for(self._socket.recv(), ANSWER_SECONDS))
            kind = told.WhichOneof("type")
            if kind == "delta":
                self._remember(told.delta)
            elif kind == "script_finished":
                return

    def _remember(self, delta: Any) -> None:
        """Keep the choice of units: without it there is nothing to change.

        NoAnswer where the page shows a fault instead: it would be quick for nothing.
        """
        if delta.new_element.WhichOneof("type") == "exception":
            raise NoAnswer(f"页面出错（{delta.new_element.exception.type}）")
        # Reading a field that is not set gives an empty one.
        choice = delta.new_element.multiselect
        if choice.id.endswith(UNIT_KEY):
            self._widget, self._options = choice.id, list(choice.options)


def share_of(seconds: Sequence[float], share: float) -> float:
    """Return the value below which so large a share of the values lies, by nearest rank."""
    ordered = sorted(seconds)
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]


async def alone(viewer_of: ViewerOf, address: str, count: int) -> list[float]:
    """Return the seconds of each change of one viewer who is alone."""
    viewer, chance = viewer_of(address), random.Random(1)
    await viewer.open()
    for _ in range(count):
        await viewer.choose(chance)
        await asyncio.sleep(0.2)
    await viewer.close()
    return viewer.seconds


async def together(
    viewer_of: ViewerOf, address: str, viewer_count: int, every_seconds: float, for_seconds: float
) -> list[float]:
    """Return the seconds of each change of viewers who change their filters at the same time."""
    viewers = [viewer_of(address) for _ in range(viewer_count)]
    for viewer in viewers:
        await viewer.open()
    until = time.perf_counter() + for_seconds

    async def view(number: int) -> None:
        chance = random.Random(number)
        await asyncio.sleep(every_seconds * number / viewer_count)
        while time.perf_counter() < until:
            took = await viewers[number].choose(chance)
            await asyncio.sleep(max(0.0, every_seconds - took))

    await _all(view, viewer_count)
    for viewer in viewers:
        await viewer.close()
    return [took for viewer in viewers for took in viewer.seconds]


async def arriving(viewer_of: ViewerOf, address: str, viewer_count: int) -> list[float]:
    """Return how long each of so many viewers waits for the first page when all come at once."""
    viewers = [viewer_of(address) for _ in range(viewer_count)]
    took = await asyncio.gather(*(viewer.open() for viewer in viewers))
    for viewer in viewers:
        await viewer.close()
    return list(took)


async def loads(viewer_of: ViewerOf, address: str, count: int, at_once: int = 5) -> None:
    """Load the page so many times, a few at once."""

    async def load(_number: int) -> None:
        for _ in range(count // at_once):
            viewer = viewer_of(address)
            await viewer.open()
            await viewer.close()

    await _all(load, at_once)


async def _all(work: Callable[[int], Awaitable[None]], count: int) -> None:
    await asyncio.gather(*(work(number) for number in range(count)))
