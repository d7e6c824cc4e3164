"""Secrets of one stack: made once, readable by nobody else."""

import hashlib
import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deploy.local.places import Places


@dataclass(frozen=True)
class Credentials:
    """What the services and the staff of this stack have to know."""

    intake_secret: str
    desk_secret: str
    open311_api_key: str
    desk_tokens: dict[str, str] = field(default_factory=dict)


def credentials(home: Places) -> Credentials:
    """The secrets of this stack, with a desk token for every department."""
    file = home.home / "credentials.json"
    known = json.loads(file.read_text()) if file.exists() else {}
    tokens = known.get("desk_tokens", {})
    for department in departments(home):
        tokens.setdefault(department, secrets.token_urlsafe(24))
    made = Credentials(
        intake_secret=known.get("intake_secret") or secrets.token_hex(32),
        desk_secret=known.get("desk_secret") or secrets.token_hex(32),
        open311_api_key=known.get("open311_api_key") or secrets.token_urlsafe(24),
        desk_tokens=tokens,
    )
    write(file, asdict(made))
    write(tokens_file(home), {name: sha256(token) for name, token in tokens.items()})
    return made


def keys_are_due(home: Places, pack: Path) -> bool:
    """Whether the city has changed since its departments' keys were looked at."""
    seen = home.keys / "public"
    if not seen.is_dir():
        return True
    changed = max((file.stat().st_mtime for file in pack.glob("*.yaml")), default=0.0)
    return changed > seen.stat().st_mtime


def departments(home: Places) -> list[str]:
    """The departments that have a key."""
    keys = (home.keys / "desk").glob("department-*.key")
    return sorted(key.stem.removeprefix("department-") for key in keys)


def tokens_file(home: Places) -> Path:
    """What the desk reads: only the tokens' digests."""
    return home.home / "desk-tokens.json"


def sha256(token: str) -> str:
    """A token's digest in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def write(file: Path, value: object) -> None:
    """Replace a JSON file in one go, for our eyes only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(handle, "w") as out:
        json.dump(value, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(file)
