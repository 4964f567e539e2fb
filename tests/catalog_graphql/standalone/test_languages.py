"""Pages in Arabic, and what stays in English: the published schema, and what commands tell operators."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def language():
    """Forget, after the test, what it activates in this thread."""
    with translation.override("en"):
        yield


def run(*arguments, **environment):
    environment = {**os.environ, "DEBUG": "1", **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )


@pytest.mark.django_db
class TestPages:
    def test_sign_in_in_arabic(self):
        page = Client().post("/login/", {"username": "a", "password": "b"}, headers={"accept-language": "ar"})

        assert '<html lang="ar" dir="rtl">' in page.content.decode()
        assert '<button type="submit">تسجيل الدخول</button>' in page.content.decode()
        assert "Accept-Language" in page["Vary"]

    @pytest.mark.parametrize("language", ["fr", "en-US", "de,en;q=0.5,ar;q=0.1"])
    def test_sign_in_in_the_sites_language_otherwise(self, client, language):
        page = client.get("/login/", headers={"accept-language": language})

        assert '<html lang="en" dir="ltr">' in page.content.decode()
        assert '<button type="submit">Sign in</button>' in page.content.decode()

    def test_show_the_admin_in_arabic(self, admin_client, make_run):
        run = make_run("MITx", "6.002x", "R1", schedule={"end": None})
        addresses = [
            "/admin/",
            "/admin/openedx_catalog/courserun/",
            f"/admin/openedx_catalog/courserun/{run.pk}/change/",
        ]
        course = f"/admin/openedx_catalog/catalogcourse/{run.catalog_course.pk}"
        addresses += [f"{course}/change/", f"{course}/delete/", f"{course}/history/"]

        pages = [admin_client.get(address, headers={"accept-language": "ar"}) for address in addresses]

        assert [page.status_code for page in pages] == [200] * len(addresses)
        texts = [page.content.decode() for page in pages]
        assert all("فهرس Open edX" in text and 'dir="rtl"' in text for text in texts)
        assert "نشط" in texts[1]
        assert "عرض الدورة الوحيدة" in texts[3]
        assert "يجب أولًا حذف ما يتبع" in texts[4]
        assert f'?catalog_course__id__exact={run.catalog_course.pk}">دورة مقرر (1)</a>' in texts[4]

    def test_say_in_arabic_what_a_form_has_wrong(self, admin_client, make_organization):
        inactive = make_organization("OldX", active=False)
        data = {"org": inactive.pk, "course_code": "a b", "title": "", "language": "EN"}

        page = admin_client.post("/admin/openedx_catalog/catalogcourse/add/", data, headers={"accept-language": "ar"})

        errors = str(page.context["errors"])
        assert "المؤسسة \u2068OldX\u2069 غير نشطة" in errors
        assert "يُسمح في رمز المقرر بما يلي فقط: الحروف اللاتينية" in errors


class TestEnglish:
    def test_is_what_the_schema_describes_itself_in(self):
        exported = run("export_schema", "catalog_graphql.schema.schema:schema", LANGUAGE_CODE="ar")

        assert exported.stdout == (ROOT / "schema/schema.graphql").read_text()

    @pytest.mark.django_db
    def test_is_what_an_import_reports_in(self, tmp_path, capsys):
        listing = tmp_path / "runs.csv"
        listing.write_text("course_key,title\ncourse-v1:MITx+a b+R1,A title\n")

        with translation.override("ar"):
            call_command("import_course_runs", str(listing))

        assert "rejected: A key looks like course-v1:MITx+6.002x+3T2012;" in capsys.readouterr().out


class TestSettings:
    @pytest.mark.parametrize("language", ["ar", "de-at", "en-us", "fr-ca", "pt-br", "es-419", "zh-hans"])
    def test_take_languages_that_django_speaks(self, language):
        checked = run("check", "--fail-level", "WARNING", LANGUAGE_CODE=language)

        assert (checked.returncode, checked.stderr) == (0, "")
