"""`make demo`: build the demonstration county anew, check it, serve it on loopback.

Environment: SERVE=0 ends after building; PORT; MINGCHA_DATABASE (an empty database) instead of var/demo.sqlite3;
MINGCHA_DEMO_HOME instead of var/demo for keys, photos and the bundle.
"""

import argparse
import gzip
import io
import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("MINGCHA_DEMO_HOME", ROOT / "var" / "demo"))
DATABASE = ROOT / "var" / "demo.sqlite3"


def say(sentence: str) -> None:
    print(f"  {sentence}", flush=True)


def prepare() -> None:
    """Point the settings at the demo's own database, empty it, and say so when there was one."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.config.settings")
    if "MINGCHA_DATABASE" not in os.environ:
        os.environ["MINGCHA_DATABASE"] = f"sqlite:///{DATABASE}"
        if DATABASE.exists():
            print("已有一个示范县，现在重新建一个，原来的内容不保留。")
        for path in DATABASE.parent.glob(f"{DATABASE.name}*"):
            path.unlink()
    os.environ.setdefault("MINGCHA_MEDIA_ROOT", str(HOME / "media"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from mingcha.domain.organisation.models import User

    if User.objects.exists():
        sys.exit("这个数据库里已有账号，不在里面建示范县。换一个空的数据库，或不设 MINGCHA_DATABASE。")


def build(register: Path | None) -> None:
    """Build, verify, and write down how to get in."""
    from django.utils import timezone
    from nacl.public import PrivateKey

    from scripts.county.setting import Setting
    from scripts.county.story import draw_only, found_county, tell_whole_story

    started = time.monotonic()
    setting = Setting(now=timezone.now(), password=f"demo-{secrets.token_hex(5)}", sealing=PrivateKey.generate())
    content = (register.name.removesuffix(".gz"), plain(register)) if register else None
    found_county(setting, say, register=content)
    draw = draw_only(setting, say) if register else tell_whole_story(setting, say)
    HOME.mkdir(parents=True, exist_ok=True)
    keep("discipline.key", bytes(setting.sealing).hex() + "\n")
    access = {"password": setting.password, "draw": draw.number, "bundle": str(HOME / f"{draw.number}.zip")}
    keep("access.json", json.dumps(access, ensure_ascii=False, indent=2) + "\n")
    verify(draw, Path(access["bundle"]))
    print(f"示范县建成，用时 {time.monotonic() - started:.0f} 秒。")
    introduce(setting, draw)


def plain(path: Path) -> bytes:
    """A file's content, unpacked when it is gzipped; a missing or broken one ends with a sentence."""
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if path.suffix == ".gz" else content
    except (OSError, EOFError) as fault:
        sys.exit(f"读不了名录文件 {path.name}：{fault}")


def keep(name: str, content: str) -> None:
    """Write a file of the demo that only its owner may read."""
    path = HOME / name
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)


def verify(draw: object, bundle: Path) -> None:
    """The bundle under the auditor's program, the trail under its own command: both must hold."""
    from django.core.management import call_command

    from mingcha.domain.draws.models import Draw
    from mingcha.domain.draws.queries import bundle_of

    assert isinstance(draw, Draw)
    bundle.write_bytes(bundle_of(draw))
    say("核对抽取档案包与操作留痕")
    program = [sys.executable, "-I", "-S", str(ROOT / "build" / "fairdraw.pyz"), "verify", str(bundle)]
    digests = ["--rules-digest", draw.rules_digest, "--freeze", draw.freeze_digest]
    done = subprocess.run([*program, *digests], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    call_command("verify_trail", stdout=io.StringIO())


def introduce(setting: object, draw: object) -> None:
    """Addresses and logins for each role."""
    from demo.accounts import accounts
    from mingcha.domain.organisation.models import Role
    from scripts.county.setting import Setting

    assert isinstance(setting, Setting)
    site = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    print(f"\n公开专栏        {site}/")
    print(f"一次抽取的核验  {site}/v/{draw}/")
    print(f"工作人员登录    {site}/login/")
    print(f"见证人入席      {site}/w/")
    print(f"\n演示账号（密码都是 {setting.password}）")
    shown: set[str] = set()
    for account in accounts(today=setting.today):
        if account.role not in shown:
            shown.add(account.role)
            print(f"  {account.username:<18}{Role(account.role).label}  {account.full_name}")
    print(f"  {'beian':<18}接收备案的部门（市监局），README 的例子用到")
    print("  其余部门的经办、负责人、执法检查人员账号同样可用，见系统管理员的账号页。")
    print(f"  纪检监察的开封钥匙在 {HOME / 'discipline.key'}")
    if "MINGCHA_DEMO_HOME" not in os.environ:
        database, media = DATABASE.relative_to(ROOT), (HOME / "media").relative_to(ROOT)
        print(f"  以后再打开它：MINGCHA_DATABASE=sqlite:///{database} MINGCHA_MEDIA_ROOT={media} make run\n")


def main() -> None:
    """Build; then serve unless SERVE=0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--register", type=Path, help="a register file to use instead of the invented firms")
    arguments = parser.parse_args()
    prepare()
    build(arguments.register)
    if os.environ.get("SERVE", "1") != "0":
        from scripts.serve import main as serve

        serve()


if __name__ == "__main__":
    main()
