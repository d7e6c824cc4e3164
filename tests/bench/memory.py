"""What processes occupy."""

from collections.abc import Mapping
from pathlib import Path


def resident(processes: Mapping[str, int]) -> dict[str, int]:
    """Resident memory (RSS) of each process in MB (10^6 bytes)."""
    return {name: _bytes(pid) // 1_000_000 for name, pid in processes.items()}


def _bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0
