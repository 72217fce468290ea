"""How papermill runs the notebooks of a build: as ever, but that it does not write the notebook around each cell.

Papermill writes it before and after every cell while the kernel has nothing to do, which takes longer than most cells.
A build needs it once, and only then shows it to anybody: at the end, or as far as it got when something fails.
"""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine, papermill_engines

NAME = "prevent-sparing"


# ignored: papermill comes without types
class SparingEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine, which writes the notebook when it is interrupted; the end is papermill's to write."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Run the notebook that `nb_man` holds."""
        output, nb_man.output_path = nb_man.output_path, None
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        except BaseException:
            nb_man.output_path = output  # where it is written as far as it got
            raise


papermill_engines.register(NAME, SparingEngine)
