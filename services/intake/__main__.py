"""``python -m services.intake``"""

from services.intake.app import build
from services.intake.settings import Settings
from shared.logging import configure_logging
from shared.process import run, serve


async def main(settings: Settings) -> None:
    """Serve until asked to stop."""
    async with build(settings) as intake:
        await serve(
            intake.web,
            intake.worker,
            host=settings.http_host,
            port=settings.http_port,
        )


if __name__ == "__main__":
    configured = Settings()
    configure_logging(configured.log_level)
    run(main(configured))
