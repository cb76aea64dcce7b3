"""What became of a file: the answer of import, publish and undo, for screen and command line."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from tally.contracts import Problem, Question, Sheet
from tally.submissions.comparison import Comparison

Status = Literal[
    "published", "draft", "unchanged", "question", "refused", "undone", "replaced", "returned"
]


@dataclass(frozen=True)
class Outcome:
    """One file's fate. `sentence` says it to a person; `comparison` what it changes."""

    file: str
    status: Status
    sha256: str = ""
    upload: int | None = None
    campaign: str = ""
    month: date | None = None
    unit: str = ""
    sheets: tuple[Sheet, ...] = ()
    row_count: int = 0
    comparison: Comparison = field(default_factory=Comparison)
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    sentence: str = ""

    def to_json(self) -> Mapping[str, Any]:
        """Return the object that `import --json` prints."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "upload": self.upload,
            "status": self.status,
            "campaign": self.campaign,
            "month": self.month.strftime("%Y-%m") if self.month else None,
            "unit": self.unit,
            "sheets": [
                {
                    "name": sheet.name,
                    "ledger": sheet.ledger,
                    "header_row": sheet.header_row,
                    "rows": sheet.rows,
                    "columns": dict(sheet.columns),
                }
                for sheet in self.sheets
            ],
            "rows": self.row_count,
            "added": self.comparison.count("added"),
            "changed": self.comparison.count("changed"),
            "vanished": self.comparison.count("vanished"),
            "reversed": self.comparison.count("reversed"),
            "problems": [asdict(problem) for problem in self.problems],
            "questions": [asdict(question) for question in self.questions],
            "message": self.sentence,
        }
