"""The npm package in `frontend-queries`: its generated files are up to date, and its own checks and tests pass."""

import datetime
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from tests.frontend.conftest import RunNpm, RunNpmOf

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "frontend-queries"


@pytest.fixture(scope="module")
def run_npm(run_npm_of: RunNpmOf) -> RunNpm:
    """Return a function that runs one of the package's scripts, which must succeed, and returns its output."""
    return run_npm_of(PACKAGE, "make queries")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the package next to a copy of the schema, without the generated files."""
    copy = tmp_path / "frontend-queries"
    copy.mkdir()
    (tmp_path / "schema").symlink_to(ROOT / "schema")
    (copy / "node_modules").symlink_to(PACKAGE / "node_modules")
    shutil.copytree(PACKAGE / "operations", copy / "operations")
    for name in ("package.json", "codegen.ts", "eslint.config.js"):
        shutil.copy(PACKAGE / name, copy)
    return copy


@pytest.fixture
def catalog(db: None, make_run: Any) -> None:
    """The runs in recorded.json, and one of a custom course, which no list shows."""

    def day(*date: int) -> datetime.datetime:
        return datetime.datetime(*date, tzinfo=datetime.UTC)

    make_run(
        "MITx",
        "6.002x",
        "3T2012",
        title="Circuits and Electronics",
        created=day(2012, 3, 1),
        schedule={"start": day(2012, 9, 5), "end": day(2013, 1, 7)},
    )
    make_run(
        "HarvardX",
        "HLS1",
        "2013",
        title="Copyright",
        created=day(2012, 11, 1),
        schedule={"start": day(2013, 1, 28), "end": day(2013, 5, 1)},
    )
    make_run(
        "MITx",
        "6.002x",
        "1T2090",
        title="Electronics, anew",
        created=day(2020, 1, 1),
        schedule={"start": day(2090, 2, 1)},
    )
    make_run("TUx", "AE1110x", "2035", title="aeronautics", created=day(2024, 1, 1))
    CourseRun.objects.create(
        catalog_course=CatalogCourse.objects.get(course_code="6.002x"),
        run_code="3T2012",
        course_key="ccx-v1:MITx+6.002x+3T2012+ccx@1",
    )


@pytest.fixture
def cookies(catalog: None, django_user_model: Any) -> str:
    """Return the cookies of a signed-in user."""
    client = Client()
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    client.get("/login/")
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


class TestPackage:
    def test_is_generated_as_committed(self, run_npm, copy):
        run_npm("generate", cwd=copy)

        generated = {path.name: path.read_text() for path in (copy / "src/generated").iterdir()}
        assert generated == {path.name: path.read_text() for path in (PACKAGE / "src/generated").iterdir()}

    def test_has_the_types_it_says(self, run_npm):
        assert run_npm("check") == ""

    def test_has_operations_that_lint_clean(self, run_npm):
        assert run_npm("lint") == ""

    def test_lints(self, run_npm, copy):
        (copy / "operations/bad.graphql").write_text("query getRuns { courseRuns { nodes { title } } }")

        with pytest.raises(AssertionError) as failure:
            run_npm("lint", cwd=copy)

        assert "@graphql-eslint/naming-convention" in str(failure.value)
        assert "@graphql-eslint/require-selections" in str(failure.value)

    def test_is_built_for_others_to_use_as_the_readme_says(self, run_npm, copy):
        for name in ("tsconfig.json", "tsconfig.build.json"):
            shutil.copy(PACKAGE / name, copy)
        shutil.copytree(PACKAGE / "src", copy / "src")
        run_npm("build", cwd=copy)
        shutil.rmtree(copy / "src")
        examples = re.findall(r"```ts\n(.*?)```", (PACKAGE / "README.md").read_text(), re.DOTALL)
        for number, example in enumerate(examples):
            (copy / f"example{number}.ts").write_text(example)
        (copy / "platform.ts").write_text(
            'import { getStudioHomeCoursesV2 } from "openedx-catalog-queries/platform";\n'
            'export const count: number = (await getStudioHomeCoursesV2("")).count;\n'
        )
        options = {"module": "nodenext", "target": "es2023", "strict": True, "noEmit": True, "types": []}
        (copy / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*.ts"]}))
        (copy / "codegen.ts").unlink()

        printed = run_npm("check", cwd=copy)

        assert len(examples) == 4
        assert printed == ""

    def test_answers_today_s_calls_from_a_running_server(self, run_npm, live_server, cookies, settings):
        settings.LMS_ROOT_URL = "https://lms.example.org"
        settings.CMS_ROOT_URL = "https://studio.example.org"
        settings.CATALOG_TRUSTED_DOCUMENTS = [PACKAGE / "src/generated/persisted-documents.json"]

        printed = run_npm("test", CATALOG_URL=f"{live_server.url}/graphql/", CATALOG_COOKIES=cookies)

        assert "skipped 0" in printed
