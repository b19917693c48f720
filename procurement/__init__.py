"""Here: 采购: applications, notices, contracts, assets. Not here: moving a project."""
