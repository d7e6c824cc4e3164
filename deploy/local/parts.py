"""Each part of the stack: its command, its settings, its sign of readiness."""

from deploy.local.credentials import Credentials, tokens_file
from deploy.local.kafka import Kafka
from deploy.local.keeper import Part
from deploy.local.plan import HOST, Plan, command_of, service_of
from deploy.local.readiness import http_probe, kafka_probe, line_probe
from deploy.local.tools import find_redis


def backing_parts(plan: Plan, kafka_extra: str = "") -> list[Part]:
    """What the services lean on, prepared and ready to start."""
    parts = []
    if "redis" in plan.names:
        parts.append(redis_part(plan))
    if "smtp" in plan.names:
        parts.append(smtp_part(plan))
    if "kafka" in plan.names:
        broker, controller = plan.ports["kafka"], plan.ports["controller"]
        kafka = Kafka(
            plan.home, broker=broker, controller=controller, extra=kafka_extra
        )
        kafka.prepare()
        parts.append(kafka_part(kafka))
    return parts


def kafka_part(kafka: Kafka) -> Part:
    """The broker; it gets the time to write down what it knows."""
    probe = kafka_probe(kafka.address)
    return Part("kafka", tuple(kafka.command()), probe, patience=6.0)


def redis_part(plan: Plan) -> Part:
    """Redis with an append-only file, written each second."""
    folder = plan.home.data / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    port = plan.ports["redis"]
    options = {
        "bind": HOST,
        "port": str(port),
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    probe = line_probe(HOST, port, b"PING\r\n", b"+PONG")
    return Part("redis", (*find_redis(), *words), probe, patience=4.0)


def smtp_part(plan: Plan) -> Part:
    """The mail sink."""
    port = plan.ports["smtp"]
    arguments = ("--host", HOST, "--port", str(port), "--mail", str(plan.home.mail))
    command = command_of("deploy.local.smtp", *arguments)
    return Part("smtp", command, line_probe(HOST, port, b"", b"220"), patience=3.0)


def service_part(plan: Plan, name: str, secrets: Credentials) -> Part:
    """One of the four services, or one of several routers."""
    service, port = service_of(name), plan.ports[name]
    environment = {
        "INSTANCE": name,
        "HTTP_PORT": str(port),
        "PRIVATE_KEYS_DIR": str(plan.home.keys / service),
        **special_environment(plan, service, secrets),
    }
    command = command_of(f"services.{service}")
    return Part(name, command, http_probe(HOST, port), environment)


def special_environment(
    plan: Plan, service: str, secrets: Credentials
) -> dict[str, str]:
    """What only this service may know."""
    if service == "intake":
        return {
            "INTAKE_SECRET": secrets.intake_secret,
            "OPEN311_API_KEY": secrets.open311_api_key,
            "PHOTO_STORE_URL": photo_store(plan),
            "PUBLIC_URL": public_url(plan),
        }
    if service == "desk":
        return {
            "DATABASE_URL": plan.database,
            "DEMO_LOGIN": plan.outside.get("DEMO_LOGIN") or "on",
            "DESK_SECRET": secrets.desk_secret,
            "DESK_TOKENS_FILE": str(tokens_file(plan.home)),
            "PHOTO_STORE_URL": photo_store(plan),
        }
    if service == "notifier":
        sender = plan.outside.get("MAIL_FROM") or "meldungen@stadt.example"
        smtp = plan.smtp or ""
        return {"MAIL_FROM": sender, "PUBLIC_URL": public_url(plan), "SMTP_URL": smtp}
    return {}


def public_url(plan: Plan) -> str:
    """The address that citizens see."""
    return plan.outside.get("PUBLIC_URL") or plan.url("intake") or ""


def photo_store(plan: Plan) -> str:
    """Where sealed photos lie."""
    return plan.outside.get("PHOTO_STORE_URL") or f"file://{plan.home.data}/photos"
