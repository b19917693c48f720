"""Here: the entry point of the web server. Not here: options of the server (manage.py runstack)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egov_projects.settings")
# Only the web keeps a pool of connections: Celery's prefork children must not share one with their parent.
os.environ.setdefault("EGOV_DB_POOL", "8")

application = get_wsgi_application()
