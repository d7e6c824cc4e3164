"""What the desk says when it is the desk's own fault."""

from fastapi import FastAPI
from fastapi.testclient import TestClient

from services.desk.headers import HEADERS
from services.desk.problems import install
from shared.web.headers import SafeHeaders


def test_a_mistake_of_ours_tells_nothing_of_what_was_in_work():
    app = FastAPI()
    install(app, ())

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("what a citizen wrote")

    client = TestClient(SafeHeaders(app, HEADERS), raise_server_exceptions=False)
    answer = client.get("/broken")

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "citizen" not in answer.text
    assert answer.json()["title"] == "Something went wrong here."
