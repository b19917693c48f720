"""Here: who there is and who may act: units, offices, users, delegation, sign-in, the audit log. Not here: projects."""
