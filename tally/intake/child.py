"""The process that opens a workbook: bytes on standard input, JSON on standard output.

A reader that aborts, hangs or eats memory ends this process and nothing else.
"""

import contextlib
import json
import sys

MEMORY_BYTES = 1_536 * 1024 * 1024
CPU_SECONDS = 30


def confine() -> None:
    """Bound memory, processor time and files, as far as the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    for limit, amount in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Where a limit cannot be set, the parent's watch remains.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (amount, amount))


def main() -> None:
    """Answer one workbook, or the sentences of a refusal."""
    confine()
    # Imported under the limits: what the imports allocate counts as well.
    from tally.intake.grids import Refusal, encode
    from tally.intake.workbook import open_workbook

    try:
        answer = encode(open_workbook(sys.stdin.buffer.read()))
    except Refusal as refusal:
        answer = json.dumps([refusal.found, refusal.expected, refusal.remedy], ensure_ascii=False)
        sys.stdout.buffer.write(b"refused\n" + answer.encode())
        return
    sys.stdout.buffer.write(b"read\n" + answer.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
