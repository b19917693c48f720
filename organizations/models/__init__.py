"""Here: the tables of this room under one name. Not here: what they do, see each file."""

from .audit import AppendOnlyError, AuditEvent
from .certificates import CertificateFamily, CertificateType
from .delegations import Delegation
from .jurisdictions import Jurisdiction
from .offices import Office, Role
from .organizations import Organization, OrganizationType
from .users import ADMIN_POSTS, BUSINESS_POSTS, MailChoice, Post, User

__all__ = [
    "ADMIN_POSTS",
    "BUSINESS_POSTS",
    "AppendOnlyError",
    "AuditEvent",
    "CertificateFamily",
    "CertificateType",
    "Delegation",
    "Jurisdiction",
    "MailChoice",
    "Office",
    "Organization",
    "OrganizationType",
    "Post",
    "Role",
    "User",
]
