"""A viewer's socket, which ends with the session: at log-out, time-out, or a disabled account."""

import asyncio
from collections.abc import Awaitable, Callable

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

from tally.accounts import Book, Standing, see
from tally.gate.asking import ENDED_CODE, Message, Receive, Send
from tally.registry import RegistryUnusable

# What the wall's carousel writes into a turn that nobody asked for.
BY_ITSELF = '"alone":true'
Again = Callable[[], Awaitable[Standing | None]]


def is_by_hand(message: Message) -> bool:
    """Tell whether a message comes of something the viewer did, not of a page that runs on."""
    asked = BackMsg()
    try:
        asked.ParseFromString(message.get("bytes") or b"")
    except DecodeError:
        return False
    run = asked.rerun_script
    is_alone = any(BY_ITSELF in widget.json_trigger_value for widget in run.widget_states.widgets)
    return asked.WhichOneof("type") == "rerun_script" and not (run.is_auto_rerun or is_alone)


class Watched:
    """Receive and send of a socket whose session is looked at again and again.

    `again` gives the session's standing now. It is asked with every message, and every `seconds`
    between them; once the session has ended, the app hears a disconnect and nothing more goes out.
    """

    def __init__(
        self,
        receive: Receive,
        send: Send,
        *,
        book: Callable[[], Book],
        standing: Standing,
        again: Again,
        seconds: float,
    ) -> None:
        self._receive = receive
        self._send = send
        self._book = book
        self._key = standing.key
        self._again = again
        self._seconds = seconds
        self._next: asyncio.Future[Message] | None = None
        self._has_ended = False

    async def receive(self) -> Message:
        """Return the next message; a disconnect when the session has ended."""
        while not self._has_ended:
            self._next = self._next or asyncio.ensure_future(self._receive())
            done, _ = await asyncio.wait({self._next}, timeout=self._seconds)
            message = self._next.result() if done else None
            if message:
                self._next = None
            is_talk = message is None or message["type"] == "websocket.receive"
            if is_talk and not await self._holds(message):
                break
            if message:
                return message
        await self._end()
        return {"type": "websocket.disconnect", "code": ENDED_CODE}

    async def send(self, message: Message) -> None:
        """Pass a message on as long as the session holds."""
        if not self._has_ended:
            await self._send(message)

    async def _holds(self, message: Message | None) -> bool:
        try:
            standing = await self._again()
            is_held = standing is not None and standing.viewer is not None
            if standing is None or not is_held or standing.key != self._key:
                return False
            if message and not standing.is_display and is_by_hand(message):
                await asyncio.to_thread(see, self._book(), standing)
        except RegistryUnusable:
            return False
        return True

    async def _end(self) -> None:
        if self._next is not None:
            self._next.cancel()
        if not self._has_ended:
            self._has_ended = True
            await self._send({"type": "websocket.close", "code": ENDED_CODE})
