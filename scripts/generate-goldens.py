"""
Makes goldens/ with real JAX, or with --check recomputes and compares it. `pnpm goldens` and `pnpm goldens:check` run it in an
environment with goldens-requirements.txt; the exception class of each rule comes as JSON on stdin.
"""

import argparse
import json
import sys
from pathlib import Path

from goldens.check import check
from goldens.generate import generate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--all", action="store_true", help="every family, not only those whose cases changed")
    parser.add_argument("--cache", type=Path, required=True, help="folder for downloads")
    parser.add_argument("--only", default="*", metavar="GLOB", help="of a check: only the families of this name")
    options = parser.parse_args()
    root = Path(__file__).resolve().parent.parent
    if options.check:
        check(root, options.only)
    else:
        generate(root, json.load(sys.stdin), options.cache, options.all)


if __name__ == "__main__":
    main()
