"""Here: posts, and what the superuser flag is worth. Not here: sign-in."""

import pytest

from organizations.models import Post, User


@pytest.mark.parametrize(
    ("post", "business", "admin_site"),
    [
        (Post.CLERK, True, False),
        (Post.HEAD, True, False),
        (Post.SYSTEM_ADMIN, False, True),
        (Post.SECURITY_ADMIN, False, False),
        (Post.AUDIT_ADMIN, False, True),
    ],
)
def test_posts(person, bureau, post, business, admin_site):
    user = person("li", bureau, post)
    assert (user.is_business, user.is_staff) == (business, admin_site)


def test_the_door_to_the_admin_site_follows_the_post(person, bureau):
    user = person("li", bureau, Post.SYSTEM_ADMIN)
    user.post = Post.CLERK
    user.save(update_fields=["post"])
    assert User.objects.get(pk=user.pk).is_staff is False


def test_business_needs_a_unit_and_an_active_account(person, bureau):
    assert person("nobody").is_business is False
    assert person("gone", bureau, is_active=False).is_business is False


def test_createsuperuser_makes_a_system_administrator_and_no_superuser(db):
    user = User.objects.create_superuser("root", display_name="管理员", password="x")
    user.refresh_from_db()
    assert (user.post, user.is_superuser, user.is_staff, user.is_business) == ("system_admin", False, True, False)


def test_the_superuser_flag_grants_nothing(person, bureau):
    user = person("li", bureau, is_superuser=True)
    assert user.has_perm("organizations.change_user") is False
    assert user.has_module_perms("organizations") is False
    assert user.is_staff is False
