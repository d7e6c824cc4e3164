"""``meldekette``: what an operator does by hand."""

import typer

from services.cli import (
    city,
    classify,
    contracts,
    dlq,
    geocode,
    keys,
    learn,
    misrouted,
    model,
    routes,
    topics,
    views,
)

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Meldekette, for operators. Settings are environment variables.",
)
app.add_typer(topics.app, name="topics")
app.add_typer(keys.app, name="keys")
app.add_typer(dlq.app, name="dlq")
app.add_typer(views.app, name="views")
app.add_typer(contracts.app, name="contracts")
app.add_typer(model.app, name="model")
app.add_typer(city.app, name="city")
app.add_typer(routes.app, name="routes")
app.command()(classify.classify)
app.command()(geocode.geocode)
model.app.command()(learn.learn)
model.app.command()(misrouted.misrouted)


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()
