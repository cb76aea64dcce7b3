"""The process that opens a workbook: bytes on standard input, its sheets on standard output.

A reader that aborts, hangs or eats memory ends this process and nothing else.
"""

import contextlib
import json
import os
import sys

MEMORY_BYTES = 1_536 * 1024 * 1024
CPU_SECONDS = 30
# What its answer begins with.
READ, REFUSED = b"read\n", b"refused\n"


def confine(cpu_seconds: int = CPU_SECONDS, file_bytes: int = 0) -> None:
    """Bound memory, processor time and files, as far as the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    for limit, amount in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        # Where a limit cannot be set, the parent's watch remains.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (amount, amount))


def main() -> None:
    """Answer one workbook, or the sentences of a refusal."""
    confine()
    # Each thread of the array library would take address space from the limit, for nothing.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Imported under the limits: what the imports allocate counts as well.
    from tally.intake.opening.grids import Refusal
    from tally.intake.opening.transport import encode
    from tally.intake.opening.workbook import open_workbook

    try:
        answer = encode(open_workbook(sys.stdin.buffer.read()))
    except Refusal as refusal:
        said = json.dumps([refusal.found, refusal.expected, refusal.remedy], ensure_ascii=False)
        sys.stdout.buffer.write(REFUSED + said.encode())
        return
    sys.stdout.buffer.writelines((READ, *answer))


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    # Nobody waits for half a million cells to be taken down one by one.
    os._exit(0)
