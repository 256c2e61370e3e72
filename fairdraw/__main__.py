"""The command line of section 6: `result`, `verify` and `ticket`."""

import io
import os
import sys
from collections.abc import Sequence

from fairdraw.bundle import Bundle, open_bundle
from fairdraw.ceremony import CEREMONY_FILE
from fairdraw.errors import Refused
from fairdraw.frame import check_files
from fairdraw.notation import KEY, check_identifier
from fairdraw.result import result_of
from fairdraw.tickets import ticket
from fairdraw.verify import verify

USAGE = """用法：
  fairdraw result 抽取包                       由冻结文件和 ceremony.json 重算，输出结果各行
  fairdraw verify 抽取包 [--rules-digest 十六进制] [--freeze 十六进制]
                                               逐项复核；带上抽取前公布的两个摘要才算完整
  fairdraw ticket 钥匙 代码                    一个检查对象的抽签值
抽取包是 zip 文件或文件夹。退出码：0 一致，1 有不符，2 无法读取。"""

_OPTIONS = {"--rules-digest": "rules_digest", "--freeze": "freeze"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; bad input never ends in a traceback."""
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(given)
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
        case ["result", path]:
            return _result(open_bundle(path))
        case ["ticket", key, code]:
            return _ticket(key, code)
        case ["verify", *rest]:
            path, published = _verify_arguments(rest)
            return _verify(open_bundle(path), published)
    raise Refused(f"不认识这个命令。\n{USAGE}")


def _result(bundle: Bundle) -> int:
    inputs = check_files(bundle.files)
    if CEREMONY_FILE not in bundle.files:
        raise Refused(f"缺少文件 {CEREMONY_FILE}。")
    sys.stdout.write(result_of(inputs, bundle.files[CEREMONY_FILE]).decode())
    return 0


def _ticket(key: str, code: str) -> int:
    if KEY.fullmatch(key) is None:
        raise Refused("钥匙应为 32 位小写十六进制。")
    print(ticket(key, check_identifier(code, "检查对象")))
    return 0


def _verify_arguments(rest: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The path and the published digests, given as `--name VALUE` or `--name=VALUE`."""
    paths: list[str] = []
    published: dict[str, str] = {}
    remaining = iter(rest)
    for word in remaining:
        option, equals, value = word.partition("=")
        if option not in _OPTIONS:
            paths.append(word)
            continue
        value = value if equals else next(remaining, "")
        if not value or _OPTIONS[option] in published:
            raise Refused(f"{option} 后面应跟一个摘要，且只写一次。")
        published[_OPTIONS[option]] = value
    if len(paths) != 1 or paths[0].startswith("--"):
        raise Refused(f"verify 应带一个抽取包。\n{USAGE}")
    return paths[0], published


def _verify(bundle: Bundle, published: dict[str, str]) -> int:
    report = verify(bundle, published.get("rules_digest"), published.get("freeze"))
    if report.refused:
        raise Refused(report.refused)
    for line in report.lines:
        print(line)
    if report.differences:
        print(f"结论：发现 {len(report.differences)} 处不符。")
    else:
        compared = len(published) == len(_OPTIONS)
        print("结论：没有发现不符。" if compared else "结论：抽取包自身一致；尚未与公布值全部比对。")
    return report.exit_code


def _speak_utf8() -> None:
    """Chinese must come out under any locale, and with the same line ends everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _fail(sentence: str) -> int:
    print(f"fairdraw：{sentence}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
