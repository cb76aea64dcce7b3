"""Lines of a log in which nobody is named: what failed may quote the cell it failed at."""

import json
import logging
from datetime import UTC, datetime

from tally.intake.cells.masking import masked
from tally.viewers import AT_THE_SERVER, acting, request_number


class LogLines(logging.Formatter):
    """Makes one JSON object of each record; a field that nothing is known for is left out.

    `time` (UTC), `level`, `event` (what is said), `fault` (the number that a viewer was shown),
    `request` (as in the audit records), `account` (on whose behalf, never a person's name) and
    `trace`; what persons' data texts hold is masked.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return a record's line, without its end."""
        fields = {
            "time": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%f}Z",
            "level": record.levelname,
            "event": masked(record.getMessage()),
            "fault": getattr(record, "fault", ""),
            "request": request_number(),
            "account": masked(_account()),
            "trace": masked(self.formatException(record.exc_info)) if record.exc_info else "",
        }
        told = {name: value for name, value in fields.items() if value}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _account() -> str:
    try:
        viewer = acting()
    except Exception:
        # Whoever looks the account up may fail of the very fault that this line tells of.
        return ""
    return "" if viewer is AT_THE_SERVER else viewer.account
