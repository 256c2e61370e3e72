"""`result` and `verify` of section 6 from an engine: the lines that `python -m fairdraw` prints."""

import io
import os
import sys
from collections.abc import Sequence

from fairdraw.bundle import open_bundle
from fairdraw.engines.narrowing import ENGINES, result_of
from fairdraw.engines.verification import verify
from fairdraw.errors import Refused

USAGE = """用法：
  python -m fairdraw.engines result 抽取包 --engine duckdb|spark
  python -m fairdraw.engines verify 抽取包 --engine duckdb|spark [--rules-digest 十六进制] [--freeze 十六进制]
抽取包是 zip 文件或文件夹。退出码：0 一致，1 有不符，2 无法读取。"""

_OPTIONS = {"result": ("engine",), "verify": ("engine", "rules-digest", "freeze")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; bad input never ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
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


def _run(given: list[str]) -> int:
    match given:
        case ["-h" | "--help" | "help"]:
            print(USAGE)
            return 0
        case ["result" | "verify" as command, *rest]:
            path, options = _arguments(rest, _OPTIONS[command])
        case _:
            raise Refused(f"不认识这个命令。\n{USAGE}")
    engine = options.get("engine", "duckdb")
    if engine not in ENGINES:
        raise Refused(f"--engine 应为 {' 或 '.join(ENGINES)}。")
    bundle = open_bundle(path)
    if command == "result":
        sys.stdout.write(result_of(bundle.files, engine).decode())
        return 0
    report = verify(bundle, options.get("rules-digest"), options.get("freeze"), engine=engine)
    if report.refused:
        raise Refused(report.refused)
    print("\n".join(report.lines))
    return report.exit_code


def _arguments(words: Sequence[str], allowed: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The path and the options, given as `--name VALUE` or `--name=VALUE`."""
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
            raise Refused(f"{name}：不认识、写了两次或没有值。\n{USAGE}")
        options[name[2:]] = value
    if len(paths) != 1:
        raise Refused(f"应带一个抽取包。\n{USAGE}")
    return paths[0], options


def _fail(sentence: str) -> int:
    print(f"fairdraw：{sentence}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
