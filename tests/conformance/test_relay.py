"""Relay's compiler accepts the published schema, and the documents in the folder `relay`."""

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest


@pytest.fixture
def project(tmp_path) -> Path:
    """Return a folder with the documents, and an empty one for the artifacts."""
    project = tmp_path / "relay"
    shutil.copytree(Path(__file__).parent / "relay", project)
    (project / "artifacts").mkdir()
    return project


@pytest.fixture
def compile_relay(run_node, project) -> Callable[[str], CompletedProcess[str]]:
    """Return a function that compiles the documents against a schema."""

    def compile_relay(sdl: str) -> CompletedProcess[str]:
        (project / "schema.graphql").write_text(sdl)
        return run_node("node_modules/relay-compiler/cli.js", "--noWatchman", "--output=quiet-with-errors", cwd=project)

    return compile_relay


class TestRelay:
    def test_compiles_lists_refetches_and_changes(self, compile_relay, schema, project):
        compiled = compile_relay(schema.read_text())

        assert compiled.stderr == ""
        assert compiled.returncode == 0
        assert sorted(artifact.name.removesuffix(".graphql.js") for artifact in (project / "artifacts").iterdir()) == [
            "ChangesCreateCatalogCourseMutation",
            "ChangesCreateCourseRunMutation",
            "ChangesDeleteCatalogCourseMutation",
            "ChangesDeleteCourseRunMutation",
            "ChangesUpdateCourseRunMutation",
            "CourseRunListPaginationQuery",
            "CourseRunListQuery",
            "CourseRunListRowQuery",
            "CourseRunList_query",
            "CourseRunList_row",
            "HomeCatalogCoursePaginationQuery",
            "HomeOrganizationPaginationQuery",
            "HomeQuery",
            "HomeViewerPaginationQuery",
            "Home_catalogCourse",
            "Home_organization",
            "Home_viewer",
        ]

    @pytest.mark.parametrize(
        ("promised", "instead", "complaint"),
        [
            ("  cursor: String!", "  place: String!", "@connection used on invalid field 'courseRuns'"),
            ("type CourseRun implements Node {", "type CourseRun {", "Invalid use of @refetchable on fragment"),
            ("CourseRunEdge", "CourseRunRow", "Expected the 'edgeTypeName' argument value on @appendNode"),
            ("  deletedId: ID", "  deletedId: [Int]", "Invalid use of @deleteEdge"),
        ],
    )
    def test_complains_of_what_relay_cannot_use(self, compile_relay, schema, promised, instead, complaint):
        sdl = schema.read_text()
        assert promised in sdl

        compiled = compile_relay(sdl.replace(promised, instead))

        assert compiled.returncode == 1
        assert complaint in compiled.stderr
