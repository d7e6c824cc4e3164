"""``meldekette views``: what lies in Redis, made anew from Kafka."""

import asyncio

import typer

from services.intake import view as intake_view
from services.notifier import rebuild as notifier_rebuild
from shared.kafka.replay import NoSuchTopic
from shared.redis.client import AWAY, open_redis
from shared.settings import KafkaSettings, RedisSettings

app = typer.Typer(no_args_is_help=True, help="What Redis holds can be thrown away.")


@app.callback()
def _group() -> None:
    """What Redis holds can be thrown away."""


@app.command()
def rebuild() -> None:
    """Empty the public view, contacts and outbox, and read them again from Kafka."""
    try:
        asyncio.run(_rebuild())
    except AWAY as error:
        raise typer.Exit(_said(f"Redis does not answer: {error}")) from None
    except NoSuchTopic as error:
        hint = "`meldekette topics apply` creates it"
        raise typer.Exit(_said(f"There is no topic {error}; {hint}.")) from None


async def _rebuild() -> None:
    kafka = KafkaSettings()
    async with open_redis(RedisSettings().redis_url) as redis:
        events = await intake_view.rebuild(redis, kafka)
        typer.echo(f"public view: {events} events of status")
        counts = await notifier_rebuild.rebuild(redis, kafka)
        for topic, count in counts.items():
            typer.echo(f"notifier: {count} events of {topic}")
        if not counts:
            typer.echo("notifier: somebody else has just rebuilt it")


def _said(sentence: str) -> int:
    typer.echo(sentence, err=True)
    return 1
