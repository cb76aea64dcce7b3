"""`key`: where the key of personal data lies, a new one in use, or one in place of a lost one."""

import argparse
from pathlib import Path

from tally.registry import Event
from tally.sealing import key_file, key_ring, rotate, take_new_key
from tally.submissions.deeds import tell

COPY = "请另存一份并与数据分开保管：没有它，个人信息原文和原始文件打不开"


def keep_key(given: argparse.Namespace, home: Path) -> int:
    """Say where the key file lies, or change what seals from now on; KeyUnusable says why not."""
    if given.change is None:
        ring = key_ring(home)
        print(f"密钥文件 {key_file()}，在用 {ring.current}，共 {len(ring.keys)} 把。{COPY}")
        return 0
    ring = rotate() if given.change == "rotate" else take_new_key(home)
    take_new_key(home)
    what = "更换密钥" if given.change == "rotate" else "原密钥已丢失，改用新密钥"
    tell(home, Event.CONFIGURE, f"{what}：{ring.current}", thing="密钥", name=ring.current)
    print(f"{what}：{key_file()}，在用 {ring.current}。{COPY}")
    return 0
