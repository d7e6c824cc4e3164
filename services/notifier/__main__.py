"""``python -m services.notifier``: tell reporters what became of their report."""

from services.notifier.app import build
from services.notifier.settings import Settings
from shared.logging import configure_logging
from shared.process import run, serve


async def main(settings: Settings) -> None:
    """Run until asked to stop."""
    async with build(settings) as notifier:
        await serve(
            notifier.web,
            notifier.works,
            host=settings.http_host,
            port=settings.http_port,
        )


if __name__ == "__main__":
    configured = Settings()
    configure_logging(configured.log_level)
    run(main(configured))
