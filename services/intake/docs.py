"""What the OpenAPI document says beside the code: bodies, refusals, examples."""

from typing import Any

BBOX = "minLon,minLat,maxLon,maxLat"
AFTER = "The cursor of the `Link: rel=next` before."

_EXAMPLE_REPORT = {
    "description": "Die Laterne vor Hausnummer 12 ist seit Tagen dunkel.",
    "service_code": "street-light",
    "lat": 51.4508,
    "long": 7.0131,
    "attributes": {"lamp_number": "4711", "fault": "dark"},
    "contact": {"email": "anna@example.org", "language": "de"},
}
_EXAMPLE_SIMILAR = {
    "report_id": "0b7a4c1e-52d7-8a3e-9f40-6f1f5c3a2b10",
    "service_code": "street-light",
    "status": "assigned",
    "received_at": "2026-11-23T08:15:00Z",
    "metres": 12,
    "score": 0.77,
    "quarter": "Südviertel",
}
_EXAMPLE_CODE = "K7QM-2X9D-TTB4-0ZQW-8H3N-5VRC"

_TITLES = {
    400: ("broken-json", "The body is not JSON in UTF-8."),
    404: ("unknown-report", "There is no report with this code."),
    408: ("too-slow", "The body did not arrive in time."),
    409: ("not-now", "That is not possible now."),
    413: ("too-large", "The request is too large."),
    415: ("unsupported-media-type", "The body has a type that is not taken here."),
    422: ("invalid-fields", "Some fields are not valid."),
    500: ("internal", "Something went wrong here."),
    503: ("temporarily-unavailable", "Please try again in a moment."),
    507: ("no-room-for-photos", "The photos could not be stored."),
}
_RETRY = {
    "Retry-After": {
        "description": "Seconds until another try makes sense.",
        "schema": {"type": "integer"},
    }
}
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body make one report, however often sent.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457.",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "pointer", "detail"],
                "properties": {
                    "field": {"type": "string"},
                    "pointer": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The answers for what is refused, each with an example."""
    return {status: _refusal(status) for status in statuses}


def _refusal(status: int) -> dict[str, Any]:
    type_, title = _TITLES[status]
    example: dict[str, Any] = {"type": type_, "title": title, "status": status}
    if status == 422:
        error = {"field": "lat", "pointer": "#/lat", "detail": "is outside the city"}
        example["errors"] = [error]
    answer: dict[str, Any] = {
        "description": title,
        "content": {
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": example,
            }
        },
    }
    if status in {503, 507}:
        answer["headers"] = _RETRY
    return answer


def _json_body(model: str, example: dict[str, Any]) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{model}"}
    content = {"application/json": {"schema": schema, "example": example}}
    return {"required": True, "content": content}


_MULTIPART = {
    "schema": {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {
            "report": {"$ref": "#/components/schemas/ReportIn"},
            "photos": {
                "type": "array",
                "maxItems": 5,
                "items": {"type": "string", "format": "binary"},
                "description": "JPEG, PNG or WebP, each at most 10 MB.",
            },
        },
    },
    "encoding": {"report": {"contentType": "application/json"}},
}

REPORT_BODY: dict[str, Any] = {
    "requestBody": _json_body("ReportIn", _EXAMPLE_REPORT),
    "parameters": [_IDEMPOTENCY],
}
REPORT_BODY["requestBody"]["content"]["multipart/form-data"] = _MULTIPART
SIMILAR_BODY = {
    "requestBody": _json_body(
        "SimilarIn",
        {k: v for k, v in _EXAMPLE_REPORT.items() if k != "contact"},
    )
}
TRACKING_BODY = {
    "requestBody": _json_body("TrackingIn", {"tracking_code": _EXAMPLE_CODE})
}
REPLY_BODY = {
    "requestBody": _json_body(
        "ReplyIn",
        {
            "tracking_code": _EXAMPLE_CODE,
            "kind": "answer",
            "text": "Ja, Hausnummer 12.",
        },
    ),
    "parameters": [_IDEMPOTENCY],
}

RECEIVE = {
    201: {
        "description": "On record.",
        "headers": {
            "Idempotency-Replayed": {
                "description": "`true` when this request was accepted before.",
                "schema": {"type": "string", "enum": ["true"]},
            }
        },
    },
    **refusals(400, 408, 413, 415, 422, 503, 507),
}
SIMILAR = {
    200: {
        "description": "At most five; none where it may be a danger or confidential.",
        "content": {"application/json": {"example": [_EXAMPLE_SIMILAR]}},
    },
    **refusals(400, 408, 413, 415, 422, 503),
}
TRACK = refusals(400, 404, 408, 413, 415, 422, 503)
REPLY = refusals(400, 404, 408, 409, 413, 415, 422, 503)
CASES = {
    200: {
        "description": "A page of public cases.",
        "headers": {
            "Link": {
                "description": 'The next page, `rel="next"`, if there is one.',
                "schema": {"type": "string"},
            }
        },
    },
    **refusals(422, 503),
}
