"""The answers of the API, for its OpenAPI description."""

from typing import Any

from services.desk.schemas import EXAMPLE_CASE

Answers = dict[int | str, dict[str, Any]]

_TITLES = {
    400: "The body is no JSON",
    401: "No token, or a wrong one",
    404: "No such case in this department",
    409: "Not possible from where the case stands",
    412: "Somebody was faster",
    422: "Some fields are not valid; `errors` names them",
    428: "If-Match is missing",
    503: "The record or the photo store is away; Retry-After says when to try",
}

_ETAG = {"description": "The version.", "schema": {"type": "string"}}
_LINK = {"description": 'rel="next"', "schema": {"type": "string"}}


def _problems(*statuses: int) -> Answers:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {
            "description": _TITLES[status],
            "content": {"application/problem+json": problem},
        }
        for status in statuses
    }


def _whole_case() -> dict[str, Any]:
    return {
        "description": "The case",
        "headers": {"ETag": _ETAG},
    }


INBOX: Answers = {
    200: {
        "description": "A page of cases",
        "headers": {"Link": _LINK},
        "content": {"application/json": {"example": [EXAMPLE_CASE]}},
    },
    **_problems(401, 422, 503),
}
CASE: Answers = {200: _whole_case(), **_problems(401, 404, 422, 503)}
CHANGED: Answers = {
    200: _whole_case(),
    **_problems(400, 401, 404, 409, 412, 422, 428, 503),
}
PHOTO: Answers = {
    200: {"description": "The photo", "content": {"image/jpeg": {}}},
    **_problems(401, 404, 422, 503),
}
