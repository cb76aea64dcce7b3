"""A viewer of the Dash page, who asks for what its front end asks for."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tally.bench.viewers import ANSWER_SECONDS, NoAnswer, Viewer


@dataclass
class DashViewer(Viewer):
    """A viewer who speaks the http of a Dash page with one choice of units."""

    _client: Any = None
    _callback: dict[str, Any] = field(default_factory=dict)

    async def open(self) -> float:
        """Open the page and wait for all of it; return the seconds it took."""
        from httpx import AsyncClient

        begun = time.perf_counter()
        self._client = AsyncClient(base_url=self.address, timeout=ANSWER_SECONDS)
        await self._get("/")
        layout = await self._get("/_dash-layout")
        [self._callback] = (await self._get("/_dash-dependencies")).json()
        [choice] = _with_options(layout.json())
        self._options = list(choice["options"])
        await self._run([])
        return time.perf_counter() - begun

    async def close(self) -> None:
        """Leave the page."""
        await self._client.aclose()

    async def _get(self, path: str) -> Any:
        return await self._asked("GET", path, None)

    async def _run(self, units: Sequence[str]) -> None:
        [given] = self._callback["inputs"]
        output = self._callback["output"]
        named = [name.rsplit(".", 1) for name in output.strip(".").split("...")]
        asked = {
            "output": output,
            "outputs": [{"id": place, "property": word} for place, word in named],
            "inputs": [{**given, "value": list(units)}],
            "changedPropIds": [f"{given['id']}.{given['property']}"] if units else [],
        }
        await self._asked("POST", "/_dash-update-component", json.dumps(asked))

    async def _asked(self, method: str, path: str, content: str | None) -> Any:
        from httpx import HTTPError

        told = {"content-type": "application/json"}
        try:
            answer = await self._client.request(method, path, content=content, headers=told)
            return answer.raise_for_status()
        except HTTPError as fault:
            raise NoAnswer(f"没有应答（{type(fault).__name__}）") from fault


def _with_options(part: Any) -> list[dict[str, Any]]:
    """Return what of a layout has options to choose from."""
    if isinstance(part, list):
        return [found for one in part for found in _with_options(one)]
    if not isinstance(part, dict):
        return []
    told = part.get("props", {})
    return [told] if "options" in told else _with_options(told.get("children"))
