#!/bin/bash
# Parses every shell and Python script of the project, without running any.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0
while IFS= read -r script; do
    case $(head -n 1 "$script") in
    '#!'*bash*) bash -n "$script" || status=1 ;;
    '#!/bin/sh') sh -n "$script" || status=1 ;;
    '#!'*python3* | '"""'*) python3 -c 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1])' "$script" || status=1 ;;
    '#!'*)
        echo "$script: neither a shell's nor Python's" >&2
        status=1
        ;;
    esac
done < <(git ls-files --cached --others --exclude-standard '*.sh' '*.py' .ci/run)
exit $status
