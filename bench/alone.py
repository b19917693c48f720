"""Here: WeasyPrint alone in two processes, used as its manual says. Not here: our papers (papering).

Its fonts and the style sheet are read once, which is what makes it fast; of what we do beyond that it has nothing.
"""

import time
from multiprocessing import get_context
from types import TracebackType

from bench.processes import cpu, peak


class Alone:
    """Two processes that have the fonts and the style sheet loaded and write PDFs of HTML."""

    def __init__(self, size: int = 2) -> None:
        context = get_context("spawn")
        self.lines = [context.Pipe() for _ in range(size)]
        self.processes = [context.Process(target=_draw, args=(far,), daemon=True) for _, far in self.lines]

    def __enter__(self) -> "Alone":
        for process, (_, far) in zip(self.processes, self.lines, strict=True):
            process.start()
            far.close()  # a process that dies ends the measurement instead of holding it up
        return self

    def __exit__(self, kind: type | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        for process in self.processes:
            process.terminate()
            process.join()

    def draw(self, pages: list[str]) -> tuple[float, float]:
        """Seconds and seconds of CPU for these pages; one is drawn before, unmeasured."""
        near = [line for line, _ in self.lines]
        for line in near:
            line.send(pages[:1])
        for line in near:
            line.recv()
        before, start = self._cpu(), time.perf_counter()
        for at, line in enumerate(near):
            line.send(pages[at :: len(near)])
        for line in near:
            line.recv()
        return time.perf_counter() - start, self._cpu() - before

    def memory(self) -> list[int]:
        """Peak MB of each."""
        return [round(peak(process.pid)) for process in self.processes]

    def _cpu(self) -> float:
        return sum(cpu(process.pid) for process in self.processes)


def _draw(line) -> None:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from papers.pdf import VARIANT, _style

    font_config = FontConfiguration()
    style = CSS(string=_style(), font_config=font_config)
    while pages := line.recv():
        for page in pages:
            HTML(string=page).write_pdf(font_config=font_config, stylesheets=[style], pdf_variant=VARIANT)
        line.send(len(pages))
