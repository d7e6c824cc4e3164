"""JSON that intake must refuse: what is wrong, and the field that is named."""

import json
from uuid import uuid4

GOOD = {"description": "Die Laterne ist dunkel.", "lat": 51.4508, "long": 7.0131}
JSON = {"Content-Type": "application/json"}


def having(**fields):
    return json.dumps({**GOOD, **fields}).encode()


WRONG_FIELDS = {
    # what is wrong: (body, the field that is named)
    "no description": (b'{"lat": 51.45, "long": 7.01}', "description"),
    "description of two characters": (having(description="ab"), "description"),
    "description of blanks": (having(description=" \n\t  x "), "description"),
    "description of 4,001 characters": (having(description="x" * 4001), "description"),
    "description is a number": (having(description=42), "description"),
    "description is null": (having(description=None), "description"),
    "description is a list": (having(description=["Laterne"]), "description"),
    "NUL in the description": (having(description="Lampe\x00kaputt"), "description"),
    "right-to-left override": (having(description="Lampe\u202egnp"), "description"),
    "left-to-right embedding": (having(description="Lampe \u202a x"), "description"),
    "isolate": (having(description="Lampe \u2067 x"), "description"),
    "pop isolate": (having(description="Lampe \u2069 x"), "description"),
    "half a character": (b'{"description": "Lampe \\ud83d kaputt"}', "description"),
    "unknown service": (having(service_code="dragons"), "service_code"),
    "service in capitals": (having(service_code="Street-Light"), "service_code"),
    "service with a line end": (having(service_code="dirt\n"), "service_code"),
    "service is true": (having(service_code=True), "service_code"),
    "empty service": (having(service_code=""), "service_code"),
    "lat without long": (b'{"description": "Lampe", "lat": 51.45}', "long"),
    "long without lat": (b'{"description": "Lampe", "long": 7.01}', "lat"),
    "long is null": (having(long=None), "long"),
    "lat is text": (having(lat="51.45"), "lat"),
    "lat is NaN": (b'{"description": "Lampe", "lat": NaN, "long": 7}', "lat"),
    "long is Infinity": (
        b'{"description": "Lampe", "lat": 51, "long": Infinity}',
        "long",
    ),
    "lat overflows": (b'{"description": "Lampe", "lat": 1e999, "long": 7}', "lat"),
    "lat above the pole": (having(lat=91.0), "lat"),
    "long around the world": (having(long=-181), "long"),
    "lat is true": (having(lat=True), "lat"),
    "in Cologne": (having(lat=50.94, long=6.96), "lat"),
    "lat and long swapped": (having(lat=7.0131, long=51.4508), "long"),
    "Null Island": (having(lat=0, long=0), "lat"),
    "address of 301 characters": (having(address="x" * 301), "address"),
    "NUL in the address": (having(address="Markt\x00"), "address"),
    "address is an object": (having(address={"street": "Markt"}), "address"),
    "31 attributes": (
        having(attributes={f"a{n}": "b" for n in range(31)}),
        "attributes",
    ),
    "a number as attribute": (having(attributes={"pole": 7}), "attributes.pole"),
    "nested attributes": (having(attributes={"a": {"b": "c"}}), "attributes.a"),
    "a long attribute": (having(attributes={"a": "b" * 301}), "attributes.a"),
    "a long attribute name": (
        having(attributes={"a" * 61: "b"}),
        "attributes." + "a" * 60,
    ),
    "attribute with override": (having(attributes={"a": "\u202e"}), "attributes.a"),
    "attributes are a list": (having(attributes=[]), "attributes"),
    "mail without a host": (having(contact={"email": "anna@"}), "contact.email"),
    "mail with two @": (having(contact={"email": "a@b@example.org"}), "contact.email"),
    "mail with a line end": (
        having(contact={"email": "a@example.org\nBcc: b"}),
        "contact.email",
    ),
    "mail without a dot": (having(contact={"email": "a@host"}), "contact.email"),
    "long mail": (
        having(contact={"email": f"{'a' * 250}@example.org"}),
        "contact.email",
    ),
    "mail is a list": (having(contact={"email": ["a@example.org"]}), "contact.email"),
    "webhook by ftp": (
        having(contact={"webhook": "ftp://example.org"}),
        "contact.webhook",
    ),
    "webhook from a file": (
        having(contact={"webhook": "file:///etc/passwd"}),
        "contact.webhook",
    ),
    "webhook with a password": (
        having(contact={"webhook": "https://a:b@example.org"}),
        "contact.webhook",
    ),
    "webhook without a host": (
        having(contact={"webhook": "https://"}),
        "contact.webhook",
    ),
    "webhook in brackets": (
        having(contact={"webhook": "http://[::1"}),
        "contact.webhook",
    ),
    "language of Mars": (having(contact={"language": "xx"}), "contact.language"),
    "contact is text": (having(contact="a@example.org"), "contact"),
    "unknown field in contact": (having(contact={"phone": "110"}), "contact.phone"),
    "confidential is text": (having(confidential="yes"), "confidential"),
    "confidential is 1": (having(confidential=1), "confidential"),
    "confidential is null": (having(confidential=None), "confidential"),
    "unknown field": (having(priority="high"), "priority"),
    "someone's own report_id": (having(report_id=str(uuid4())), "report_id"),
    "half a character as name": (b'{"description": "Lampe", "\\ud800": 1}', ""),
}
