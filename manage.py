#!/usr/bin/env python
"""Here: the command line of the project. Not here: any setting (see egov_projects/settings.py)."""

import os
import sys


def main() -> None:
    """Run a management command against the one settings module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egov_projects.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
