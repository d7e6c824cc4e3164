"""``python -m services.desk``."""

from services.desk.app import build
from services.desk.settings import Settings
from shared.logging import configure_logging
from shared.process import run, serve


async def main() -> None:
    """Keep the record of cases until asked to stop."""
    settings = Settings()
    configure_logging(settings.log_level)
    async with build(settings) as desk:
        await serve(
            desk.web, desk.worker, host=settings.http_host, port=settings.http_port
        )


if __name__ == "__main__":
    run(main())
