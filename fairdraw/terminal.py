"""What the commands share: Chinese under any locale, arguments, a report said aloud, never a traceback."""

import io
import os
import sys
from collections.abc import Callable, Sequence

from fairdraw.errors import Refused
from fairdraw.verify import Report

PUBLISHED = ("rules-digest", "freeze")  # the options with what was published before the dice


def exit_code_of(command: Callable[[], int]) -> int:
    """Run a command; whatever it refuses, or whoever interrupts it, becomes a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        code = command()
        sys.stdout.flush()
        return code
    except Refused as refusal:
        return _fail(str(refusal))
    except MemoryError:
        return _fail("内存不足，无法读取这个抽取包。")
    except BrokenPipeError:
        # The reader (head, less) has gone; without this Python complains once more while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _fail("已中断。")


def bundle_and_options(words: Sequence[str], allowed: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The path and the options, given as `--name VALUE` or `--name=VALUE`, each once."""
    paths: list[str] = []
    options: dict[str, str] = {}
    remaining = iter(words)
    for word in remaining:
        name, equals, value = word.partition("=")
        if not name.startswith("--"):
            paths.append(word)
            continue
        value = value if equals else next(remaining, "")
        if name[2:] not in allowed or name[2:] in options or not value:
            raise Refused(f"{name}：不认识、写了两次或没有值；--help 列出用法。")
        options[name[2:]] = value
    if len(paths) != 1:
        raise Refused("应带一个抽取包；--help 列出用法。")
    return paths[0], options


def say(report: Report, *, compared: bool) -> int:
    """Print a report with its conclusion and return its exit code; `compared`: with both published digests."""
    if report.refused:
        raise Refused(report.refused)
    for line in report.lines:
        print(line)
    if report.differences:
        print(f"结论：发现 {len(report.differences)} 处不符。")
    else:
        print("结论：没有发现不符。" if compared else "结论：抽取包自身一致；尚未与公布值全部比对。")
    return report.exit_code


def _fail(sentence: str) -> int:
    print(f"fairdraw：{sentence}", file=sys.stderr)
    return 2
