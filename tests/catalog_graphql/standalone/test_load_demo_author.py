"""The demo catalog's author."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from catalog_graphql.standalone.models import CourseAccessRole


@pytest.mark.django_db
class TestLoadDemoAuthor:
    def test_creates_somebody_who_sees_some_of_the_catalog(self, client, settings, capsys):
        settings.DEBUG = True
        call_command("load_demo_catalog")
        call_command("load_demo_author")
        call_command("load_demo_author")
        client.force_login(get_user_model().objects.get(username="author"))

        answer = client.get(
            "/graphql/",
            {
                "query": """{
                    viewer { username isGlobalStaff creatableOrganizations { nodes { orgCode } } }
                    there: courseRuns(filter: {orgCodes: ["Harbor.Tech"]}) { totalCount }
                    elsewhere: courseRuns(filter: {orgCodes: ["NorthlakeX", "TroisRives"]}) { totalCount }
                    courseRuns { totalCount }
                }"""
            },
        )

        data = answer.json()["data"]
        assert data["viewer"] == {
            "username": "author",
            "isGlobalStaff": False,
            "creatableOrganizations": {"nodes": [{"orgCode": "Harbor.Tech"}]},
        }
        assert data["there"]["totalCount"] > 10
        assert data["elsewhere"]["totalCount"] == 2
        assert data["courseRuns"]["totalCount"] == data["there"]["totalCount"] + 2
        assert capsys.readouterr().out.count("author") == 3

    def test_is_left_out_outside_debug(self, capsys):
        call_command("load_demo_author")

        assert not get_user_model().objects.exists()
        assert not CourseAccessRole.objects.exists()
        assert capsys.readouterr().out == "The account author is left out: it is for DEBUG only.\n"
