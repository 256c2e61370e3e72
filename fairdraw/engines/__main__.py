"""`result` and `verify` of section 6 from an engine: the lines that `python -m fairdraw` prints."""

import sys
from collections.abc import Sequence

from fairdraw.bundle import open_bundle
from fairdraw.engines.narrowing import ENGINES, result_of
from fairdraw.engines.verification import verify
from fairdraw.errors import Refused
from fairdraw.terminal import PUBLISHED, bundle_and_options, exit_code_of, say

USAGE = """用法：
  python -m fairdraw.engines result 抽取包 --engine duckdb|spark
  python -m fairdraw.engines verify 抽取包 --engine duckdb|spark [--rules-digest 十六进制] [--freeze 十六进制]
抽取包是 zip 文件或文件夹。退出码：0 一致，1 有不符，2 无法读取。"""

_OPTIONS = {"result": ("engine",), "verify": ("engine", *PUBLISHED)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; bad input never ends in a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    return exit_code_of(lambda: _run(given))


def _run(given: list[str]) -> int:
    match given:
        case ["-h" | "--help" | "help"]:
            print(USAGE)
            return 0
        case ["result" | "verify" as command, *rest]:
            path, options = bundle_and_options(rest, _OPTIONS[command])
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
    return say(report, compared=options.keys() >= set(PUBLISHED))


if __name__ == "__main__":
    sys.exit(main())
