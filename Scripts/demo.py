"""Publishes the example gallery to an S3 server on this machine, twice, and shows what is in the bucket.   demo.py EXECUTABLE

The bucket stays in .demo/ from one run to the next, so that a second run has nothing to send. The server lives as long as this
process (Tests/Servers/serve.sh).
"""

import json
import os
import pathlib
import shlex
import subprocess
import sys

import boto3
import botocore.config

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".demo"
BUCKET = "demo-gallery"
OPTIONS = ["--clock-shift=-4h", "--time-zone", "Europe/Stockholm", "--setup-cors"]
SHOWN = 12


def say(text):
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "")
    print(f"\n{bold}▸ {text}{plain}", flush=True)


def serve():
    """Starts MiniStack on the port it had last time, if that is free; answers the process and the place."""
    port_file = FOLDER / "port"
    environment = dict(os.environ, KEEP="1", PERSIST="1", PORT=port_file.read_text() if port_file.exists() else "0")
    server = subprocess.Popen(
        [ROOT / "Tests/Servers/serve.sh", "ministack", FOLDER / "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    ready = server.stdout.readline().split()
    if len(ready) != 4:
        raise SystemExit("demo: the S3 server did not start")
    port_file.write_text(ready[1].rpartition(":")[2])
    return server, ready[1:]


def deploy(program, endpoint, access, secret):
    command = [program, *OPTIONS, "Fixtures/gallery", f"s3://{BUCKET}"]
    say(shlex.join(["galleria-deploy", *command[1:]]))
    # Nothing of the user's takes part: neither his AWS files nor his state.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "GALLERIA_", "S3_", "XDG_"))}
    environment.update(
        HOME=str(FOLDER / "home"), AWS_ENDPOINT_URL_S3=endpoint, AWS_ACCESS_KEY_ID=access, AWS_SECRET_ACCESS_KEY=secret, AWS_REGION="us-east-1")
    status = subprocess.run(command, cwd=ROOT, env=environment).returncode
    if status:
        raise SystemExit(f"demo: the deploy ended with exit status {status}")


def capture_times(folder, names):
    """DateTimeOriginal and OffsetTimeOriginal by name, as exiftool reads them."""
    answer = subprocess.run(
        ["exiftool", "-json", "-charset", "filename=utf8", "-DateTimeOriginal", "-OffsetTimeOriginal", *names],
        cwd=folder, capture_output=True, text=True, check=False)
    return {
        row["SourceFile"]: row.get("DateTimeOriginal", "no capture time") + row.get("OffsetTimeOriginal", "") for row in json.loads(answer.stdout)}


def show(endpoint, access, secret):
    """Reads the bucket back with boto3 and exiftool, which share no code with the program."""
    s3 = boto3.client(
        "s3", endpoint_url=endpoint, aws_access_key_id=access, aws_secret_access_key=secret, region_name="us-east-1",
        config=botocore.config.Config(s3={"addressing_style": "path"}))
    rows = s3.list_objects_v2(Bucket=BUCKET)["Contents"]
    say(f"What is in the bucket now ({len(rows)} objects)")
    for row in rows[:SHOWN]:
        print(f"  {row['Size']:>8,}  {s3.head_object(Bucket=BUCKET, Key=row['Key'])['ContentType']:<26}{row['Key']}")
    if len(rows) > SHOWN:
        print(f"  … and {len(rows) - SHOWN} more")
    photos = [row["Key"] for row in rows if row["Key"].endswith(".jpg")]
    back = FOLDER / "read-back"
    for key in photos:
        path = back / key
        path.parent.mkdir(parents=True, exist_ok=True)
        s3.download_file(BUCKET, key, str(path))
    say("Capture times: in the files here → in the bucket")
    before, after = capture_times(ROOT / "Fixtures/gallery", photos), capture_times(back, photos)
    for key in photos:
        print(f"  {key.removeprefix('photos/'):<26}{before[key]:<26}→ {after[key]}")


def main():
    (FOLDER / "home").mkdir(parents=True, exist_ok=True)
    program = os.path.abspath(sys.argv[1])
    again = (FOLDER / "server").exists()
    server, place = serve()
    try:
        say(f"An S3 server of your own: {place[0]} (MiniStack; its data stays in .demo/)")
        s3 = boto3.client("s3", endpoint_url=place[0], aws_access_key_id=place[1], aws_secret_access_key=place[2], region_name="us-east-1",
                          config=botocore.config.Config(s3={"addressing_style": "path"}))
        if BUCKET not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]:
            s3.create_bucket(Bucket=BUCKET)
        deploy(program, *place)
        show(*place)
        if not again:
            say("The same again: nothing has changed, so nothing is sent")
            deploy(program, *place)
        say("`make demo` once more shows that nothing is sent; `make clean` removes the bucket.")
    finally:
        server.stdin.close()
        server.wait()


if __name__ == "__main__":
    main()
