"""Types what docs/tutorial.md tells a reader to type, in order, and compares what is printed.

A block `sh` is run by bash in the folder where the one before it ended; a block `text` after it is what it prints, where … stands for anything
in a line, and on a line of its own for any lines. The reader's store, bucket and keys become the test's.
Environment: ENDPOINT, ACCESS, SECRET, BUCKET, PROGRAM, FOLDER (an empty one, the reader's home).
"""

import os
import pathlib
import re
import subprocess
import sys

from blocks import blocks

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/tutorial.md"


def main():
    home = pathlib.Path(os.environ["FOLDER"])
    bin_folder = home / "bin"
    bin_folder.mkdir()
    (bin_folder / "galleria-deploy").symlink_to(os.path.abspath(os.environ["PROGRAM"]))
    (home / "galleria-deploy").symlink_to(ROOT)
    theirs = {
        "https://wedding.fsn1.your-objectstorage.com": f"{os.environ['ENDPOINT']}/{os.environ['BUCKET']}",
        "https://fsn1.your-objectstorage.com": os.environ["ENDPOINT"],
        "bucket wedding ": f"bucket {os.environ['BUCKET']} ",
        "s3://wedding": f"s3://{os.environ['BUCKET']}",
        "YOUR-ACCESS-KEY": os.environ["ACCESS"],
        "YOUR-SECRET-KEY": os.environ["SECRET"],
    }
    environment = {"PATH": f"{bin_folder}:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", "AWS_EC2_METADATA_DISABLED": "true"}
    where, printed, ran = str(home), None, 0
    for words, text in blocks(PAGE):
        for his, ours in theirs.items():
            text = text.replace(his, ours)
        if words == ["sh"]:
            done = subprocess.run(
                ["bash", "-e", "-c", f"cd '{where}'\n{text}\npwd > '{home}/.where'"], env=environment, stdin=subprocess.DEVNULL, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            print(f"$ {text}{done.stdout}", flush=True)
            if done.returncode:
                sys.exit(f"docs/tutorial.md: status {done.returncode} of:\n{text}")
            where, printed, ran = (home / ".where").read_text().strip(), done.stdout, ran + 1
        elif words == ["text"]:
            if printed is None:
                sys.exit(f"docs/tutorial.md: nothing was typed before:\n{text}")
            pattern = "".join(
                r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", "[^\n]*") + r"\n" for line in text.splitlines())
            if not re.fullmatch(pattern, printed):
                sys.exit(f"docs/tutorial.md: printed was\n{printed}\ninstead of\n{text}")
            printed = None
        else:
            sys.exit(f"docs/tutorial.md: a block tagged {' '.join(words)!r}")
    print(f"ran {ran} blocks")


if __name__ == "__main__":
    main()
