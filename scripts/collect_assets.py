"""Copy what pages (build/assets/vendor) and papers (build/fonts) need from node_modules; none of it is committed."""

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
NODE = ROOT / "node_modules"
TARGET = ROOT / "build" / "assets" / "vendor"
FONTS = ROOT / "build" / "fonts"  # beside the assets, not among them: no browser needs thirty megabytes of type
SVG = "http://www.w3.org/2000/svg"


def main() -> None:
    """Make both folders anew from scripts/assets.json."""
    wanted = json.loads((ROOT / "scripts" / "assets.json").read_text(encoding="utf-8"))
    for folder, kind in ((TARGET, "files"), (FONTS, "fonts")):
        shutil.rmtree(folder, ignore_errors=True)
        for target, source in wanted[kind].items():
            copy(NODE / source, folder / target)
    write_sprite(wanted["icons"])


def copy(source: Path, target: Path) -> None:
    """Copy one file; a comment that points to a source map would stop the hashed storage, so it goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".css", ".js"}:
        text = source.read_text(encoding="utf-8")
        text = re.sub(r"/\*# sourceMappingURL=.*?\*/|^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
        target.write_text(text, encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def write_sprite(names: list[str]) -> None:
    """One SVG file with a symbol for each icon that a page names."""
    ElementTree.register_namespace("", SVG)
    sprite = ElementTree.Element(f"{{{SVG}}}svg")
    for name in names:
        drawing = ElementTree.parse(NODE / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg").getroot()
        symbol = ElementTree.SubElement(sprite, f"{{{SVG}}}symbol", {"id": name, "viewBox": drawing.attrib["viewBox"]})
        symbol.extend(list(drawing))
    ElementTree.ElementTree(sprite).write(TARGET / "icons.svg", encoding="utf-8")


if __name__ == "__main__":
    main()
