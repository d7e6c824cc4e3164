"""
Which files of the npm packages the pages use: copied beside them, no CDN ever.

``python -m deploy.local.assets FROM TO`` does it for an image.
"""

import shutil
import sys
from pathlib import Path

FONTS = {
    f"@kern-ux/native/dist/fonts/fira-sans/FiraSans-{weight}.woff2": (
        f"fonts/FiraSans-{weight}.woff2"
    )
    for weight in ("Regular", "SemiBold", "Bold")
}
VENDORED = {
    "@kern-ux/native/dist/kern.min.css": "kern.min.css",
    "@kern-ux/native/LICENSE.md": "kern.LICENSE.md",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
    **FONTS,
}


def vendor(modules: Path, assets: Path) -> None:
    """Copy what is used out of *modules*, and forget what was there."""
    shutil.rmtree(assets, ignore_errors=True)
    for source, name in VENDORED.items():
        (assets / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, assets / name)


if __name__ == "__main__":
    vendor(Path(sys.argv[1]), Path(sys.argv[2]))
