"""Runs a block of docs/ci.md as its CI system would, against an S3 server on this machine.

    ci.py list                             the blocks: SYSTEM NAME, a line each
    ci.py run SYSTEM NAME EVENT            with EVENT one of push, pull, fork (a pull request that gets no secrets)

The block is checked against its system's own schema, then its steps are run by the shell that the system uses. What a step takes from outside
is made here: the checkout is a copy of the example gallery, secrets and variables are the server's, `sudo` and `apt-get` write down what
they were told. What is not understood is an error. Environment: ENDPOINT, ACCESS, SECRET, BUCKET, PROGRAM, FOLDER
(an empty one).
"""

import base64
import contextlib
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import boto3
import ruamel.yaml

from blocks import blocks, only

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/ci.md"
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci", "woodpecker": "vendor.woodpecker-ci"}
STORE = "https://fsn1.your-objectstorage.com"


class Fault(Exception):
    pass


def identity_token(issuer):
    """A token as the CI system would make it for a push to main (RFC 7519); the server here reads its claims and does not check the signature."""
    claims = {"iss": issuer, "aud": "sts.amazonaws.com", "sub": "repo:me/gallery:ref:refs/heads/main"}
    if issuer == "https://gitlab.com":
        claims["sub"] = "project_path:me/gallery:ref_type:branch:ref:main"
    parts = [json.dumps(part).encode() for part in ({"alg": "RS256", "typ": "JWT"}, claims)] + [b"signature"]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def make_role(system):
    """A role that trusts whom the page's policy trusts, and may do what the bucket's owner may; answers its ARN."""
    # The server's own root; the keys of tests may do nothing but S3.
    iam = boto3.client(
        "iam", endpoint_url=os.environ["ENDPOINT"], aws_access_key_id="root", aws_secret_access_key="root", region_name="us-east-1")
    name, trust = os.environ["BUCKET"], only(PAGE, "json", system, "trust")
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust.replace("123456789012", "000000000000"))["Role"]["Arn"]
    everything = {"Effect": "Allow", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]}
    iam.put_role_policy(RoleName=name, PolicyName="deploy", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [everything]}))
    return arn


def check_schema(system, text):
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[system], file.name], capture_output=True, text=True)
    if done.returncode:
        raise Fault(f"the {system} schema refuses the block:\n{done.stdout}{done.stderr}")


def for_test(text):
    """The page's bucket and store become the test's."""
    return text.replace("s3://my-photos", f"s3://{os.environ['BUCKET']}").replace(STORE, os.environ["ENDPOINT"])


class Stage:
    """The folder that the steps run in, the environment that they see, and the outside world they reach."""

    def __init__(self, folder, system, event, needs_keys):
        self.event = event
        self.work = folder / "work"
        self.work.mkdir()
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "log"
        self.log.touch()
        (folder / "home").mkdir()
        (self.bin / "galleria-deploy").symlink_to(os.path.abspath(os.environ["PROGRAM"]))
        self.script("sudo", 'exec "$@"')
        self.script("apt-get", f'echo "apt-get $*" >> {self.log}; for word; do case $word in ./*) test -s "$word" || exit 1 ;; esac; done')
        (folder / "package.deb").write_text("a package")
        # Keys are there where the system would give them: not to a fork's pull requests, and not where the block goes without.
        self.secrets = {}
        if event != "fork" and needs_keys:
            self.secrets = {"AWS_ACCESS_KEY_ID": os.environ["ACCESS"], "AWS_SECRET_ACCESS_KEY": os.environ["SECRET"]}
        self.variables = {"GALLERIA_PACKAGE_URL": (folder / "package.deb").as_uri(), "AWS_ROLE_ARN": None if needs_keys else make_role(system)}
        self.environment = {
            "PATH": f"{self.bin}:/usr/bin:/bin", "HOME": str(folder / "home"), "LANG": "C.UTF-8", "AWS_EC2_METADATA_DISABLED": "true", "CI": "true",
        }
        if not needs_keys:
            self.environment |= {"AWS_ENDPOINT_URL_S3": os.environ["ENDPOINT"], "AWS_ENDPOINT_URL_STS": os.environ["ENDPOINT"]}
        self.needs_keys = needs_keys

    def script(self, name, text):
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def checkout(self, lfs):
        if lfs is not True:
            raise Fault("the checkout does not ask for LFS files")
        shutil.copytree(ROOT / "Fixtures/gallery", self.work / "gallery", symlinks=False)
        if self.needs_keys:
            text = only(PAGE, "yaml", "galleria-deploy.yml")
            if STORE not in text:
                raise Fault(f"galleria-deploy.yml does not name {STORE}")
            (self.work / "galleria-deploy.yml").write_text(for_test(text))

    def run(self, shell, script, environment):
        done = subprocess.run([*shell, script], cwd=self.work, env=self.environment | environment, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        print(done.stdout, end="", flush=True)
        if done.returncode:
            raise Fault(f"status {done.returncode} of:\n{script}")


def expand(text, stage):
    """Replaces ${{ … }}; anything but a secret, a variable or the reference is not understood."""
    def value(match):
        kind, _, name = match[1].partition(".")
        values = {"secrets": stage.secrets, "vars": stage.variables, "github": {"ref": "refs/heads/main"}}.get(kind)
        if values is None or (kind != "secrets" and name not in values):
            raise Fault(f"{match[0]} is not understood")
        return values.get(name, "")
    return re.sub(r"\$\{\{\s*([\w.]+)\s*\}\}", value, str(text))


@contextlib.contextmanager
def token_service():
    """What GitHub's runners ask for a token; answers its address."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            good = self.headers["Authorization"] == "bearer request-token" and self.path.endswith("audience=sts.amazonaws.com")
            self.send_response(200 if good else 401)
            self.end_headers()
            self.wfile.write(json.dumps({"count": 1, "value": identity_token("https://token.actions.githubusercontent.com")}).encode() if good else b"")

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/token?api-version=2.0"
        server.shutdown()


def run_github(document, stage):
    if stage.event != "push" and "pull_request" not in document["on"]:
        raise Fault("the workflow does not run for pull requests")
    stage.environment |= {
        "GITHUB_ACTIONS": "true", "GITHUB_ENV": str(stage.work.parent / "github-env"), "RUNNER_TEMP": str(stage.work.parent),
        "GITHUB_STEP_SUMMARY": str(stage.work.parent / "summary.md"), "GITHUB_OUTPUT": str(stage.work.parent / "output"),
    }
    (job,) = document["jobs"].values()
    with token_service() as address:
        if document.get("permissions", {}).get("id-token") == "write":
            stage.environment |= {"ACTIONS_ID_TOKEN_REQUEST_URL": address, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "request-token"}
        variables = {name: expand(value, stage) for name, value in job.get("env", {}).items()}
        for step in job["steps"]:
            condition = step.get("if")
            if condition:
                match = re.fullmatch(r"github\.event_name == '(\w+)'", condition)
                if not match:
                    raise Fault(f"if: {condition} is not understood")
                if match[1] != ("push" if stage.event == "push" else "pull_request"):
                    continue
            if "uses" in step:
                if not re.fullmatch(r"actions/checkout@v\d+", step["uses"]):
                    raise Fault(f"uses: {step['uses']} is not understood")
                stage.checkout(step.get("with", {}).get("lfs"))
                continue
            added = pathlib.Path(stage.environment["GITHUB_ENV"])
            if added.exists():
                variables |= dict(line.split("=", 1) for line in added.read_text().splitlines())
            step_variables = {name: expand(value, stage) for name, value in step.get("env", {}).items()}
            stage.run(["bash", "-e", "-c"], expand(step["run"], stage), variables | step_variables)


def run_gitlab(document, stage):
    facts = {"CI_DEFAULT_BRANCH": "main", "CI_PROJECT_DIR": str(stage.work)}
    facts |= {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main"} if stage.event == "push" else {"CI_PIPELINE_SOURCE": "merge_request_event"}

    def holds(rule):
        match = re.fullmatch(r'\$(\w+) == (?:"([^"]*)"|\$(\w+))', rule["if"])
        if not match:
            raise Fault(f"if: {rule['if']} is not understood")
        return facts.get(match[1]) == (match[2] if match[3] is None else facts.get(match[3], ""))

    # Runners fetch LFS files unasked.
    stage.checkout(True)
    ran = 0
    for name, job in document.items():
        if name == "default" or not any(holds(rule) for rule in job["rules"]):
            continue
        ran += 1
        tokens = {variable: identity_token("https://gitlab.com") for variable in job.get("id_tokens", {})}
        stage.run(
            ["bash", "-eo", "pipefail", "-c"], "\n".join(job["script"]),
            facts | stage.secrets | ({"AWS_ROLE_ARN": stage.variables["AWS_ROLE_ARN"]} if tokens else {}) | tokens | dict(job.get("variables", {})))
    if ran != 1:
        raise Fault(f"{ran} jobs ran")


def run_woodpecker(document, stage):
    event = "push" if stage.event == "push" else "pull_request"

    def holds(conditions):
        return any(
            event in ([rule["event"]] if isinstance(rule["event"], str) else rule["event"]) and rule.get("branch", "main") == "main"
            for rule in conditions)

    if not holds(document["when"]):
        raise Fault("the pipeline does not run")
    (clone,) = document["clone"]
    stage.checkout(clone["settings"]["lfs"])
    ran = 0
    for step in document["steps"]:
        if not holds(step["when"]):
            continue
        ran += 1
        environment = {name: stage.secrets[name.upper()] for name in step.get("environment", {})}
        if any(value["from_secret"] != name.lower() for name, value in step.get("environment", {}).items()):
            raise Fault("a secret by another name")
        stage.run(["sh", "-e", "-c"], "\n".join(step["commands"]), environment)
    if ran != 1:
        raise Fault(f"{ran} steps ran")


def main():
    if sys.argv[1:] == ["list"]:
        for words, _ in blocks(PAGE):
            if words[0] == "yaml" and len(words) == 3:
                print(*words[1:])
        return
    _, _, system, name, event = sys.argv
    text = for_test(only(PAGE, "yaml", system, name))
    check_schema(system, text)
    document = ruamel.yaml.YAML(typ="safe").load(text)
    stage = Stage(pathlib.Path(os.environ["FOLDER"]), system, event, needs_keys=name != "oidc")
    {"github": run_github, "gitlab": run_gitlab, "woodpecker": run_woodpecker}[system](document, stage)
    print("log:", stage.log.read_text().replace("\n", "; "))


if __name__ == "__main__":
    try:
        main()
    except Fault as fault:
        sys.exit(f"docs/ci.md: {fault}")
