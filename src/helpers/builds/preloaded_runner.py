"""What every worker needs, loaded once in the process that workers are forked from. Import it for that alone."""

from __future__ import annotations

import gc
import os

from helpers.builds.forks import SERVER
from helpers.builds.preloading import PAGES, RUNNERS, load

pages = [] if SERVER in os.environ else PAGES  # where there is a server, it forks those of pages
for name in (*RUNNERS, *pages):
    load(name)
gc.freeze()  # what is shared with the workers is not walked through, and so not copied, by each of them
