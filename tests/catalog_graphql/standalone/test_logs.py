"""The log: each event is a single line, whatever clients put into it."""

import copy
import io
import json
import logging
from logging.config import DictConfigurator

import pytest
from django.conf import settings

FORGED = "/nothing%0D%0A2026-01-01%20ERROR%20forged%1B%5B31m%C2%85%E2%80%A8x"
NAMES = "a\r\nb\x1b[2Jc\x00d\x85e\u2028f\u2029g\x9bh"


@pytest.fixture
def log():
    """Return a function that attaches a log in this format, and returns a function that reads its lines."""
    attached = []

    def log(format_):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        formatter = copy.deepcopy(settings.LOGGING["formatters"][format_])  # Reading the configuration modifies it.
        handler.setFormatter(DictConfigurator({}).configure_formatter(formatter))
        logging.getLogger().addHandler(handler)
        attached.append(handler)
        return lambda: stream.getvalue().removesuffix("\n").splitlines()

    yield log
    for handler in attached:
        logging.getLogger().removeHandler(handler)


class TestLine:
    def test_is_one_of_a_path_with_line_ends(self, client, log):
        read = log("line")

        client.get(FORGED)

        [line] = read()
        assert line.endswith(
            r"WARNING django.request Not Found: /nothing\r\n2026-01-01 ERROR forged\x1b[31m\x85\u2028x"
        )

    def test_is_one_of_a_name_with_line_ends(self, log):
        read = log("line")

        logging.getLogger("catalog_graphql").warning("%s did something.", NAMES)

        [line] = read()
        assert line.endswith(r"catalog_graphql a\r\nb\x1b[2Jc\x00d\x85e\u2028f\u2029g\x9bh did something.")

    def test_is_one_of_a_traceback(self, log):
        read = log("line")

        try:
            raise RuntimeError("what\nwent wrong")
        except RuntimeError:
            logging.getLogger("catalog_graphql").exception("Failed.")

        [line] = read()
        assert r"Failed.\nTraceback (most recent call last):\n" in line
        assert line.endswith(r"RuntimeError: what\nwent wrong")


class TestJson:
    def test_is_an_object_in_a_line(self, client, log):
        read = log("json")

        client.get(f"{FORGED}?query=secret")

        [line] = read()
        found = json.loads(line)
        assert found.pop("time")
        assert found == {
            "level": "WARNING",
            "logger": "django.request",
            "message": r"Not Found: /nothing\r\n2026-01-01 ERROR forged\x1b[31m\x85\u2028x",
            "status_code": 404,
        }

    def test_holds_names_as_they_are(self, log):
        read = log("json")

        logging.getLogger("catalog_graphql").warning("%s did something.", NAMES)

        [line] = read()
        assert json.loads(line)["message"] == f"{NAMES} did something."

    def test_holds_a_traceback(self, log):
        read = log("json")

        try:
            raise RuntimeError("what\nwent wrong")
        except RuntimeError:
            logging.getLogger("catalog_graphql").exception("Failed.")

        [line] = read()
        found = json.loads(line)
        assert (found["level"], found["message"]) == ("ERROR", "Failed.")
        assert found["exc_info"].endswith("RuntimeError: what\nwent wrong")
