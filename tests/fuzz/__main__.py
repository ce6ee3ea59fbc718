"""Broken files at the command line, with tests/ on the path.

python -m fuzz CASES [SEED]     break so many files, tell what is wrong, keep those files in out/fuzz
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from fuzz.cases import faults


def main(arguments: list[str]) -> int:
    """1 where something is wrong, 2 where the arguments are."""
    match arguments:
        case [cases] if cases.isdecimal():
            seed = 1
        case [cases, number] if cases.isdecimal() and number.isdecimal():
            seed = int(number)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    warnings.simplefilter("ignore")
    kept = Path("out/fuzz")
    count = 0
    for number, fault in enumerate(faults(range(int(cases)), seed), 1):
        if number % 1000 == 0:
            print(f"{number:,} cases, {count} wrong", file=sys.stderr)
        if fault is not None:
            count += 1
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{seed}-{fault.case}-{fault.name}").write_bytes(fault.data)
            print(f"case {fault.case} of seed {seed}: {fault.name}, {fault.how}: {fault.what}")
    print(f"{int(cases):,} files broken, {count} read wrongly")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
