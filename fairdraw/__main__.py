"""The command line of section 6: `result`, `verify` and `ticket`."""

import sys
from collections.abc import Sequence

from fairdraw.bundle import Bundle, open_bundle
from fairdraw.ceremony import CEREMONY_FILE
from fairdraw.errors import Refused
from fairdraw.frame import check_files
from fairdraw.notation import KEY, check_identifier
from fairdraw.result import result_of
from fairdraw.terminal import PUBLISHED, bundle_and_options, exit_code_of, say
from fairdraw.tickets import ticket
from fairdraw.verify import verify

USAGE = """用法：
  fairdraw result 抽取包                       由冻结文件和 ceremony.json 重算，输出结果各行
  fairdraw verify 抽取包 [--rules-digest 十六进制] [--freeze 十六进制]
                                               逐项复核；带上抽取前公布的两个摘要才算完整
  fairdraw ticket 钥匙 代码                    一个检查对象的抽签值
抽取包是 zip 文件或文件夹。退出码：0 一致，1 有不符，2 无法读取。"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; bad input never ends in a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    return exit_code_of(lambda: _run(given))


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
            path, published = bundle_and_options(rest, PUBLISHED)
            report = verify(open_bundle(path), published.get("rules-digest"), published.get("freeze"))
            return say(report, compared=published.keys() >= set(PUBLISHED))
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


if __name__ == "__main__":
    sys.exit(main())
