#!/usr/bin/env python3
"""Checks each target's imports against the rooms of ARCHITECTURE.md.

SwiftPM alone lets a file import an undeclared sibling through another's module search path, and every target import
Glibc or Foundation. Here each target lists what it may import; anything else fails, and so does a C library that two
Swift targets import, a target of Sources/ that is not listed, or an import of a C library that is not `internal`.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What every target may import: the leaf, and the platform.
EVERYWHERE = {"Swift", "Synchronization", "Glibc", "Vocabulary"}
FOUNDATION = {"Foundation", "FoundationEssentials"}
XML = {"FoundationXML"}

ALLOWED = {
    "Vocabulary": set(),
    "Digest": {"CCrypto"},
    "HTTP": {"CCurl"},
    "S3": {"Digest", "HTTP"} | FOUNDATION | XML,
    "CDN": {"Digest", "HTTP", "S3"} | FOUNDATION,
    "Photo": {"Digest", "CExif"} | FOUNDATION,
    "Compression": {"CZlib", "CBrotli"},
    "Picture": {"CVips"},
    "Source": {"Digest", "Photo", "Picture", "Compression", "Dispatch", "CFiles"} | FOUNDATION,
    "Planning": set(),
    "Bucket": FOUNDATION,
    "State": {"Digest", "CSQLite"} | FOUNDATION,
    "Configuration": {"Photo", "Picture", "Planning", "S3", "Yams"} | FOUNDATION,
    # HTTP for the header values that S3's operations take.
    "Deploy": {"Compression", "Digest", "Source", "Planning", "Bucket", "Photo", "Picture", "State", "S3", "HTTP", "Dispatch"} | FOUNDATION,
    "galleria-deploy": {
        "ArgumentParser", "Compression", "Configuration", "Deploy", "Planning", "Photo", "S3", "Bucket", "Source", "State", "HTTP", "Digest",
        "CDN", "Picture", "CBuild", "Dispatch", "CMalloc",
    } | FOUNDATION,
}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?P<access>(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(?P<module>\w+)"
)


def main() -> int:
    faults = []
    importers: dict[str, set[str]] = {}
    for target in sorted(p.name for p in (ROOT / "Sources").iterdir() if p.is_dir()):
        folder = ROOT / "Sources" / target
        if (folder / "module.modulemap").exists() or not any(folder.rglob("*.swift")):
            continue
        allowed = ALLOWED.get(target)
        if allowed is None:
            faults.append(f"Sources/{target}: not listed in Scripts/check-imports.py; give it its row there and in ARCHITECTURE.md")
            continue
        for path in sorted(folder.rglob("*.swift")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = IMPORT.match(line)
                if not match:
                    continue
                module = match["module"]
                where = f"{path.relative_to(ROOT)}:{number}"
                if module not in allowed | EVERYWHERE:
                    faults.append(f"{where}: {target} may not import {module}")
                if (ROOT / "Sources" / module / "module.modulemap").exists():
                    importers.setdefault(module, set()).add(target)
                    if (match["access"] or "").strip() in ("public", "package"):
                        faults.append(f"{where}: a C library is imported `internal`")
    for module, targets in sorted(importers.items()):
        if len(targets) > 1:
            faults.append(f"{module} is imported by {', '.join(sorted(targets))}: one target owns a C library")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
