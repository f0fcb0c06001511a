"""How much memory the child that reads a file takes, measured from a small process.

A child counts what it was forked from as its own peak until it is another program: forked from a test worker of 1.6 GB it would seem to take as much.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_READ = """
import hashlib, resource, sys
from pathlib import Path
from salesanalytics.intake.read import read_files
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import Limits

contents = [(Path(name).name, Path(name).read_bytes()) for name in sys.stdin.read().splitlines()]
files = [UploadedFile(name, content, hashlib.sha256(content).hexdigest()) for name, content in contents]
assert sum(1 for _ in read_files(files, Limits())) == len(files) > 0
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def childrens_peak(files: Sequence[Path]) -> int:
    """Return the bytes the largest reading child took, whatever became of its file."""
    names = "\n".join(map(str, files))
    done = subprocess.run([sys.executable, "-c", _READ], input=names, capture_output=True, text=True, check=True)
    return int(done.stdout)
