"""Here: the few files of node_modules that pages use, copied to var/vendor. Not here: our own styles (static/)."""

import re
import shutil
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
MODULES = BASE / "node_modules"
VENDOR = BASE / "var" / "vendor"
FILES = ["echarts/dist/echarts.min.js"]
# The maps are not copied, and the static storage would stop at a reference to a file that is not there.
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")


def main() -> None:
    """Make var/vendor anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name in FILES:
        source = MODULES / name
        VENDOR.mkdir(parents=True, exist_ok=True)
        (VENDOR / source.name).write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
