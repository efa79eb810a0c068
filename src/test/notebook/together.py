"""Does pieces of work beside each other, each in a process of its own."""

import multiprocessing
import signal
import sys
from multiprocessing.connection import wait


def exit_on_sigterm():
    """So that what a process has begun, such as a kernel, is ended with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def worker(work, task, answer):
    exit_on_sigterm()
    answer.send(work(task))


def together(work, tasks, at_once):
    """Yields (task, work(task)) as they end, at most so many at once; None where a process died of its work.

    Work and tasks must be picklable. Processes that still run when the caller stops are ended.
    """
    context = multiprocessing.get_context("spawn")
    waiting, running = list(tasks), {}
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                task = waiting.pop(0)
                mine, theirs = context.Pipe(duplex=False)
                process = context.Process(target=worker, args=(work, task, theirs))
                process.start()
                theirs.close()  # so that the end of the process is the end of what can be read
                running[mine] = (process, task)
            for mine in wait(list(running)):
                process, task = running[mine]
                try:
                    result = mine.recv()
                except EOFError:
                    result = None
                process.join()
                del running[mine]
                yield task, result
    finally:
        for process, _ in running.values():
            process.terminate()
        for process, _ in running.values():
            process.join()
