"""A terminal to run commands in, and a list as an office sends it."""

import pytest

from tally import cli

SEPTEMBER = """\
问题编号,维度,问题描述,责任单位,完成时限,状态,销号日期
ZS-1,经济发展,招商线索不足,招商部,2022-09-10,已销号,2022-09-09
ZS-2,经济发展,落地开工偏慢,招商部,2022-09-10,正在推进,
ZS-3,为企优环境,用工缺口未补,招商部,2022-10-10,正在推进,
"""
FILE = "招商部2022年9月问题台账.csv"


class Terminal:
    """Runs the command line in this process and keeps what it printed."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured
        self.out = self.err = ""

    def run(self, *words: object) -> int:
        """Run a command and return its exit status."""
        try:
            status = cli.main([str(word) for word in words])
        except SystemExit as stopped:
            status = int(str(stopped.code))
        self.out, self.err = self._captured.readouterr()
        return status
