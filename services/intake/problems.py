"""What intake alone refuses."""

from shared.web.problems import FieldError, Refused, away, invalid


def too_large(limit: int) -> Refused:
    """The body is longer than it may be."""
    return Refused(
        413, "too-large", "The request is too large.", f"At most {limit} bytes."
    )


def unknown_report() -> Refused:
    """No report has this code."""
    return Refused(404, "unknown-report", "There is no report with this code.")


def unknown_case() -> Refused:
    """Everybody may see it no more, or nobody ever could."""
    return Refused(404, "unknown-case", "There is no such public report.")


def not_a_code() -> Refused:
    """The text cannot be a code of ours."""
    return invalid(
        FieldError("tracking_code", "a tracking code has 24 letters and digits")
    )


def view_away() -> Refused:
    """The view of reports is empty, or does not answer."""
    return away("The view of reports does not answer now.")
