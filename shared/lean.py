"""
Keeps out of a service what only a terminal needs. Import it first, in ``__main__``.

structlog loads rich for coloured tracebacks whenever it is there, and it is there for
the operator's command: 4 MB in each service. A name that is None in ``sys.modules``
cannot be imported (The Python Language Reference, 5.3.1).
"""

import sys

sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
