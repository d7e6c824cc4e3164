"""What is known already, for the tests of how it is proposed."""

from shared.contracts.content import ReportContent
from shared.contracts.reports import REPORTS
from tests.integration.intake.process import Intake

LONG = 6.9931
TEXT = "Die Straßenlaterne ist dunkel."


async def hints(intake: Intake, report_id: str) -> list[tuple[str, float]]:
    """What the report's sealed content names."""
    event = await intake.event(REPORTS, report_id)
    content = intake.opener.open(
        "router", event.content, event.report_id, ReportContent
    )
    return [(str(each.report_id), each.score) for each in content.similar]
