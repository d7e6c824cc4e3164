"""Apache Kafka as one node (KRaft), tuned for one machine."""

import base64
import subprocess
import uuid
from pathlib import Path

from deploy.local.places import KAFKA_LIBS, Places
from deploy.local.tools import MissingToolError, find_java

CLASS_ARCHIVE = KAFKA_LIBS.with_name("classes.jsa")
OPTIONS = (
    "-Xms64m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError",
    "-Xss512k",
    "-Djava.awt.headless=true",
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
)
PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{broker}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
# After kill -9 the broker waits for its own old session: keep that short.
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
offsets.topic.num.partitions=3
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=3
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# Small, because there are about 250 partitions and one machine.
log.cleaner.dedupe.buffer.size=16777216
log.cleaner.threads=1
log.index.size.max.bytes=1048576
log.segment.bytes=67108864
metadata.log.segment.bytes=16777216
num.network.threads=2
num.io.threads=4
num.recovery.threads.per.data.dir=2
background.threads=2
num.replica.fetchers=1
socket.send.buffer.bytes=131072
socket.receive.buffer.bytes=131072
{extra}"""
LOGGING = """\
status = warn
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSS} %p %m (%c{1})%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
logger.start.name = kafka.server.KafkaRaftServer
logger.start.level = info
"""


class Kafka:
    """The files and commands of one broker."""

    def __init__(
        self, home: Places, *, broker: int, controller: int, extra: str = ""
    ) -> None:
        self.address = f"127.0.0.1:{broker}"
        self._data = home.data / "kafka"
        self._config = home.home / "kafka" / "server.properties"
        self._logging = home.home / "kafka" / "log4j2.properties"
        self._text = PROPERTIES.format(
            broker=broker, controller=controller, data=self._data, extra=extra
        )

    def prepare(self) -> None:
        """Write the configuration; format the storage once."""
        if not any(KAFKA_LIBS.glob("kafka_*.jar")):
            raise MissingToolError("Kafka is not set up yet: run `make setup`.")
        self._config.parent.mkdir(parents=True, exist_ok=True)
        self._config.write_text(self._text)
        self._logging.write_text(LOGGING)
        if not (self._data / "meta.properties").exists():
            self._format()

    def command(self, *options: str) -> list[str]:
        """Start the broker."""
        if not options and CLASS_ARCHIVE.exists():
            options = (f"-XX:SharedArchiveFile={CLASS_ARCHIVE}",)
        return [*self._java("kafka.Kafka", *options), str(self._config)]

    def _format(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        command = self._java("kafka.tools.StorageTool")
        command += ["format", f"--cluster-id={cluster}", "--config", str(self._config)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise MissingToolError(f"Kafka cannot use {self._data}: {done.stderr}")

    def _java(self, main: str, *options: str) -> list[str]:
        logging = f"-Dlog4j2.configurationFile={self._logging}"
        jars = classpath(KAFKA_LIBS)
        return [find_java(), *OPTIONS, *options, logging, "-cp", jars, main]


def classpath(libs: Path) -> str:
    """All jars, in an order that does not change."""
    return ":".join(str(jar) for jar in sorted(libs.glob("*.jar")))
