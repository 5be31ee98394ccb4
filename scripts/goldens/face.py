"""The photograph of the notebook, scipy.datasets.face(): a raccoon by Judy Weggelaar, public domain. SciPy 1.9.3 has it in its wheel."""

import bz2
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

WHEEL = "scipy==1.9.3"
SHA256 = "9f16f4e284d28f4b8e0356171bc6543d2a0d24a0bd55dabebbd30e102aa8946c"


def face_file(cache: Path) -> Path:
    """768 × 1024 × 3 bytes in a file, downloaded once."""
    raw = cache / "face.raw"
    if not raw.exists():
        cache.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--python-version", "3.11"]
        subprocess.run([*command, "--only-binary=:all:", "--dest", str(cache), WHEEL], check=True)
        (wheel,) = cache.glob("scipy-1.9.3-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            raw.write_bytes(bz2.decompress(archive.read("scipy/misc/face.dat")))
        wheel.unlink()
    found = hashlib.sha256(raw.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"the photograph's SHA-256 is {found}, expected {SHA256}; delete {raw} and try again")
    return raw
