"""公示 (F4): what is published says nothing of any person. Every person and number is made up."""

import re
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from tally.bulletins.disclosure import NOT_PUBLISHED, disclosure, disclosure_file, public_text
from tests.office import Office, trial_pack

COMMITTED = """
kind | title | unit | post | medium | published_on | due_on | fulfilled_on | note
公开承诺 | 回复来电人王试样（电话13800001234） | 甲部 | 王试 | — | 09-01 | 09-20 | 09-10 | 王试
公开承诺 | 举报人反映的乱收费问题已查处 | 乙部 | — | — | 09-02 | 09-20 | — | —
曝光 | 家住幸福小区3号楼2单元501室的王女士，车牌皖F·A1234 | 甲部 | — | — | 09-03 | — | — | —
"""


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("来电人王试样反映漏水", "来电人某某反映漏水"),
        ("来电人王**反映，电话138****1234", "来电人某某反映，电话＊＊＊"),
        ("家住幸福小区3号楼2单元501室", "住址略"),
        ("王女士称路灯不亮", "某女士称路灯不亮"),
        ("车牌皖F·A1234占道", "车牌车牌略占道"),
        ("请发made.up@example.com", "请发＊＊＊"),
        ("举报某厂排污", NOT_PUBLISHED),
        ("整改积水点3处", "整改积水点3处"),
    ],
)
def test_public_text_leaves_not_even_what_is_masked(text: str, public: str) -> None:
    assert public_text(text) == public


def test_disclosure_holds_commitments_and_progress_and_nobody(office: Office) -> None:
    office.send("2022-09", COMMITTED, kind="commitments")
    office.send("2022-09", "item_no | dimension | due_on\nA-1 | 经济 | 09-15", unit="甲部")
    pack, day = trial_pack(), date(2022, 9, 30)
    notice = disclosure(office.database, pack, day, datetime(2030, 1, 1))
    [committed, progress] = notice.grids
    assert [row[-1] for row in committed.rows].count("已兑现") == 1
    assert NOT_PUBLISHED in [row[2] for row in committed.rows]
    assert progress.rows[0][:2] == ("经济", "1")
    book = openpyxl.load_workbook(BytesIO(disclosure_file(office.database, pack, day)))
    cells = "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )
    assert "公开承诺兑现情况" in cells
    assert not re.search("王|试样|13800|1234|幸福小区|501|皖F|乱收费|[*]{2}", cells)
