"""GraphiQL, as an engineer uses it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect


def is_answer(response: Response) -> bool:
    return response.request.method == "POST" and urlsplit(response.url).path == "/graphql/"


@pytest.fixture
def signed_in(page: Page, django_user_model, make_run) -> Page:
    """GraphiQL, after signing in, with a catalog of one run."""
    make_run("MITx", "6.002x", "3T2012")
    django_user_model.objects.create_user("staff", password="staff", is_staff=True)
    page.goto("/graphql/")
    page.get_by_label("User name").fill("staff")
    page.get_by_label("Password").fill("staff")
    with page.expect_response(is_answer):  # to GraphiQL's introspection
        page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text("organizations")
    return page


@pytest.mark.django_db(transaction=True)
class TestGraphiql:
    def test_opens_with_a_query_of_three_levels_and_answers_it(self, signed_in: Page, complaints):
        signed_in.get_by_role("button", name=re.compile("^Execute query")).click()

        answer = signed_in.locator(".result-window")
        expect(answer).to_contain_text("course-v1:MITx+6.002x+3T2012")
        expect(answer).to_contain_text("ACTIVE")
        assert complaints == []

    def test_has_the_explorer_at_hand(self, signed_in: Page, complaints):
        signed_in.get_by_role("button", name=re.compile("GraphiQL Explorer")).click()

        expect(signed_in.get_by_text("catalogCourses").first).to_be_visible()
        assert complaints == []

    @pytest.mark.urls("tests.catalog_graphql.http.mounted")
    def test_has_no_button_to_sign_out_where_no_url_is_named_logout(self, page: Page, admin_client, live_server):
        cookie = admin_client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

        page.goto("/graphql/")

        expect(page.get_by_text("admin", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Sign out")).to_have_count(0)

    def test_signs_out(self, signed_in: Page, complaints):
        signed_in.get_by_role("button", name="Sign out").click()

        expect(signed_in.get_by_label("User name")).to_be_visible()
        assert complaints == []
