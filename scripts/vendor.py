"""Here: the few files of node_modules that pages use, copied to var/vendor. Not here: our own styles (static/)."""

import re
import shutil
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
MODULES = BASE / "node_modules"
VENDOR = BASE / "var" / "vendor"
FILES = [
    "@tabler/core/dist/css/tabler.min.css",
    "@tabler/core/dist/css/tabler-vendors.min.css",
    "@tabler/core/dist/js/tabler.min.js",
    "bootstrap-icons/font/bootstrap-icons.min.css",
    "bootstrap-icons/font/fonts/bootstrap-icons.woff",
    "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
    "echarts/dist/echarts.min.js",
    "tom-select/dist/js/tom-select.complete.min.js",
]
# The maps are not copied, and the static storage would stop at a reference to a file that is not there.
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")


def main() -> None:
    """Make var/vendor anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name in FILES:
        source = MODULES / name
        target = VENDOR / ("fonts" if source.parent.name == "fonts" else "") / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix in {".css", ".js"}:
            target.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
