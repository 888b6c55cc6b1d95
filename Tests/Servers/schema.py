"""Judges a JSON document by one of the schemas in docs/, with the jsonschema package.   schema.py SCHEMA DOCUMENT [lines]

Stricter than the shipped schema, which lets names be added: here a name that it does not know is an error, so that none stays undocumented.
With `lines`, each line is a document. Then the schema itself is judged: each document must fail without any one of its required names.
"""

import copy
import json
import sys

import jsonschema


def strict(schema):
    """The schema without room for names that it does not know."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: strict(value) for name, value in schema.items()}
    if isinstance(result.get("properties"), dict):
        result.setdefault("additionalProperties", False)
    return result


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    text = open(sys.argv[2], encoding="utf-8").read()
    documents = [json.loads(line) for line in text.splitlines()] if sys.argv[3:] == ["lines"] else [json.loads(text)]
    if not documents:
        sys.exit("nothing to judge")
    shipped = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    judge = jsonschema.Draft202012Validator(strict(schema), format_checker=jsonschema.FormatChecker())
    faults = []
    for document in documents:
        for error in judge.iter_errors(document):
            deepest = jsonschema.exceptions.best_match([error])
            faults.append(f"{'/'.join(map(str, deepest.absolute_path))}: {deepest.message}")
        for name in schema.get("required", []):
            torn = copy.deepcopy(document)
            torn.pop(name, None)
            if shipped.is_valid(torn):
                faults.append(f"the schema takes a document without {name}")
    if faults:
        sys.exit("\n".join(faults))


main()
