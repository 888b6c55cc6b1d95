"""Questions and answers as lines of JSON: how the tests talk to a Python process that they keep running.

Each line on standard input is an object with `id` and `op`; each line on standard output repeats the `id` and has either
`value` or `error`. The process ends when its standard input closes, so it never outlives the tests.
"""

import json
import sys


def serve(operations):
    """Answers questions until standard input closes. `operations` maps `op` to a function of the question's other members."""
    for line in sys.stdin:
        question = json.loads(line)
        answer = {"id": question.pop("id")}
        try:
            value = operations[question.pop("op")](**question)
            answer["value"] = {} if value is None else value
        except Exception as error:  # whatever it is, the asking test shall read it
            # Some errors have a response, and it is None.
            code = (getattr(error, "response", None) or {}).get("Error", {}).get("Code", type(error).__name__)
            answer["error"] = {"code": code, "message": str(error)}
        print(json.dumps(answer), flush=True)
