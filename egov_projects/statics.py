"""Here: how pages name their styles and scripts. Not here: the files (static/, scripts/vendor.py)."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class _ToleratesMissing:
    """A machine without npm has no vendor files: pages then keep their plain style instead of failing."""

    def stored_name(self, name: str) -> str:
        try:
            return super().stored_name(name)  # type: ignore[misc]
        except ValueError:
            return name


class Hashed(_ToleratesMissing, ManifestStaticFilesStorage):
    """Names with a hash of the content, so that browsers may keep them for ever."""


class HashedAndCompressed(_ToleratesMissing, CompressedManifestStaticFilesStorage):
    """The same with gzip and brotli beside each file; takes a minute to collect, worth it once per release."""
