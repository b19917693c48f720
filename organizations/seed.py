"""Here: the certificate types a new installation starts with (YQ-Q16). Not here: keeping them, see the admin."""

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS

CONSULTING = "consulting"
SUPERVISION = "supervision"
SUPERVISOR_PERSON = "supervisor_person"
TESTING = "testing"

ORIGINALS = (
    ("consulting-qualification", "工程咨询单位资格证书", CONSULTING, "YQ-3.4-4；资格认定自 2017-09-22 起取消"),
    ("supervision-qualification", "信息系统工程监理资质证书", SUPERVISION, "YQ-3.6-9；该资质认证已取消"),
    ("supervisor-licence", "信息系统工程监理工程师证书", SUPERVISOR_PERSON, "YQ-3.6-10；该资格已不再新发"),
    ("testing-cma", "检验检测机构资质认定证书（CMA）", TESTING, "YQ-3.7-4"),
    ("testing-cnas", "实验室认可证书（CNAS）", TESTING, "YQ-3.7-4"),
)
SUBSTITUTES = (
    ("consulting-credit", "工程咨询单位资信评价证书", "consulting-qualification", "YQ-Q16：原资格取消后以资信评价替代"),
    (
        "supervision-association",
        "信息系统工程监理行业协会能力评价证书",
        "supervision-qualification",
        "YQ-Q16：原资质取消后以行业协会证书替代",
    ),
    (
        "supervisor-exam",
        "信息系统监理师（计算机技术与软件专业技术资格）证书",
        "supervisor-licence",
        "YQ-Q16：原资格停发后以国家统一考试的专业技术资格替代",
    ),
)


def seed_certificate_types(model=None, using: str = DEFAULT_DB_ALIAS) -> None:
    """Add the types that are missing, by code; a type somebody has edited or retired stays as it is."""
    if model is None:
        from .models import CertificateType as model
    types = model.objects.using(using)
    for code, name, family, basis in ORIGINALS:
        types.get_or_create(code=code, defaults={"name": name, "family": family, "basis": basis})
    for code, name, original_code, basis in SUBSTITUTES:
        original = types.get(code=original_code)
        values = {"name": name, "family": original.family, "basis": basis, "substitute_for": original}
        types.get_or_create(code=code, defaults=values)


def seed_after_migrate(sender, using: str = DEFAULT_DB_ALIAS, apps=installed, **kwargs) -> None:
    """Seed once the table exists; while migrating backwards past it there is nothing to seed."""
    try:
        model = apps.get_model("organizations", "CertificateType")
    except LookupError:
        return
    seed_certificate_types(model, using)
