"""``python -m services.router``."""

from services.router.app import build
from services.router.settings import Settings
from shared.logging import configure_logging
from shared.process import run, serve


async def main() -> None:
    """Route until asked to stop."""
    settings = Settings()
    configure_logging(settings.log_level)
    async with build(settings) as router:
        await serve(
            router.web,
            router.worker,
            host=settings.http_host,
            port=settings.http_port,
        )


if __name__ == "__main__":
    run(main())
