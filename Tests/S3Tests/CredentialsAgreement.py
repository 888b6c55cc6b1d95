"""Writes CredentialsAgreementTable.swift: what botocore makes of a set of AWS files and variables.

    python3 -m venv /tmp/agreement && /tmp/agreement/bin/pip install botocore
    /tmp/agreement/bin/python Tests/S3Tests/CredentialsAgreement.py > Tests/S3Tests/CredentialsAgreementTable.swift

Only settings that both know take part; nothing is asked over the network.
"""

import os
import pathlib
import tempfile

import botocore
import botocore.session
from botocore.configprovider import ConfiguredEndpointProvider
from botocore.credentials import RefreshableCredentials

KEYS = "aws_access_key_id = {0}ID\naws_secret_access_key = {0}SECRET\n"


def keys(name):
    return KEYS.format(name)


ENV = {"AWS_ACCESS_KEY_ID": "ENVID", "AWS_SECRET_ACCESS_KEY": "ENVSECRET"}

# name, config file, credentials file, environment, explicit profile
CASES = [
    ("nothing", None, None, {}, None),
    ("environment", None, None, ENV, None),
    ("environment with token", None, None, {**ENV, "AWS_SESSION_TOKEN": "T"}, None),
    ("environment with the old token name", None, None, {**ENV, "AWS_SECURITY_TOKEN": "T"}, None),
    ("empty variables are unset", None, "[default]\n" + keys("D"), {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, None),
    ("half an environment", None, "[default]\n" + keys("D"), {"AWS_ACCESS_KEY_ID": "X"}, None),
    ("credentials file", None, "[default]\n" + keys("D"), {}, None),
    ("credentials file with token", None, "[default]\n" + keys("D") + "aws_session_token = T\n", {}, None),
    ("credentials file with the old token name", None, "[default]\n" + keys("D") + "aws_security_token=T\n", {}, None),
    ("config file", "[default]\n" + keys("C") + "region = eu-west-1\n", None, {}, None),
    ("credentials before config", "[default]\n" + keys("C"), "[default]\n" + keys("D"), {}, None),
    ("environment before files", "[default]\n" + keys("C"), "[default]\n" + keys("D"), ENV, None),
    ("AWS_PROFILE", "[profile p]\nregion = eu-north-1\n", "[default]\n" + keys("D") + "[p]\n" + keys("P"), {"AWS_PROFILE": "p"}, None),
    ("AWS_DEFAULT_PROFILE", None, "[default]\n" + keys("D") + "[p]\n" + keys("P"), {"AWS_DEFAULT_PROFILE": "p"}, None),
    ("environment before AWS_PROFILE", None, "[p]\n" + keys("P"), {**ENV, "AWS_PROFILE": "p"}, None),
    ("explicit profile before environment", None, "[p]\n" + keys("P"), ENV, "p"),
    ("explicit profile before AWS_PROFILE", None, "[p]\n" + keys("P") + "[q]\n" + keys("Q"), {"AWS_PROFILE": "q"}, "p"),
    ("explicit default profile before environment", None, "[default]\n" + keys("D"), ENV, "default"),
    ("missing profile", None, "[default]\n" + keys("D"), {"AWS_PROFILE": "p"}, None),
    ("missing explicit profile", None, "[default]\n" + keys("D"), {}, "p"),
    ("missing profile beside environment", None, "[default]\n" + keys("D"), {**ENV, "AWS_PROFILE": "p"}, None),
    ("profile without keys", "[profile p]\nregion = r-1\n", "[default]\n" + keys("D"), {"AWS_PROFILE": "p"}, None),
    ("half in the credentials file", None, "[default]\naws_access_key_id = X\n", {}, None),
    ("half in each file", "[default]\naws_secret_access_key = S\n", "[default]\naws_access_key_id = X\n", {}, None),
    ("profile section without the word in config", "[p]\n" + keys("P"), None, {"AWS_PROFILE": "p"}, None),
    ("profile word in the credentials file", None, "[profile p]\n" + keys("P"), {"AWS_PROFILE": "p"}, None),
    ("quoted profile name", '[profile "my photos"]\n' + keys("P"), None, {"AWS_PROFILE": "my photos"}, None),
    ("unquoted profile name of two words", "[profile my photos]\n" + keys("P"), None, {"AWS_PROFILE": "my photos"}, None),
    ("profile default", "[profile default]\n" + keys("C"), None, {}, None),
    ("both defaults, later wins", "[default]\n" + keys("C") + "[profile default]\nregion = r-1\n", None, {}, None),
    ("both defaults, later wins, other order", "[profile default]\n" + keys("C") + "[default]\nregion = r-1\n", None, {}, None),
    ("tabs in the section's name", "[profile\tp]\n" + keys("P"), None, {"AWS_PROFILE": "p"}, None),
    ("text after the section's name", "[profile p] # mine\n" + keys("P"), None, {"AWS_PROFILE": "p"}, None),
    ("spaces within brackets", "[ default ]\n" + keys("P"), None, {}, None),
    ("bracket in the section's name", None, "[a]b]\n" + keys("P"), {"AWS_PROFILE": "a]b"}, None),
    ("non-ASCII profile", None, "[fotografär]\n" + keys("P"), {"AWS_PROFILE": "fotografär"}, None),
    ("capital section name is another profile", None, "[Default]\n" + keys("P"), {}, None),
    ("DEFAULT lends to all", None, "[DEFAULT]\n" + keys("A") + "[p]\nregion = r-1\n", {"AWS_PROFILE": "p"}, None),
    ("DEFAULT is no profile", None, "[DEFAULT]\n" + keys("A"), {}, None),
    ("section over DEFAULT", None, "[p]\n" + keys("P") + "[DEFAULT]\n" + keys("A"), {"AWS_PROFILE": "p"}, None),
    ("capital option names", None, "[default]\nAWS_ACCESS_KEY_ID = X\nAws_Secret_Access_Key = Y\n", {}, None),
    ("colons delimit", None, "[default]\naws_access_key_id: X\naws_secret_access_key:Y\n", {}, None),
    ("delimiters within the value", None, "[default]\naws_access_key_id = X\naws_secret_access_key = Y=Z:W==\n", {}, None),
    ("colon before the equals sign", None, "[default]\naws_access_key_id : =X\naws_secret_access_key = Y\n", {}, None),
    ("no spaces", None, "[default]\naws_access_key_id=X\naws_secret_access_key=Y\n", {}, None),
    ("many spaces and tabs", None, "[default]\naws_access_key_id\t =\t X \t\naws_secret_access_key   =   Y   \n", {}, None),
    ("comments", None, "# first\n[default]\n; second\naws_access_key_id = X\n  # indented\naws_secret_access_key = Y\n", {}, None),
    ("no inline comments", None, "[default]\naws_access_key_id = X # no\naws_secret_access_key = Y ; no\n", {}, None),
    ("CRLF", None, "[default]\r\naws_access_key_id = X\r\naws_secret_access_key = Y\r\n", {}, None),
    ("bare CR", None, "[default]\raws_access_key_id = X\raws_secret_access_key = Y\r", {}, None),
    ("no newline at the end", None, "[default]\naws_access_key_id = X\naws_secret_access_key = Y", {}, None),
    ("empty lines", None, "\n\n[default]\n\naws_access_key_id = X\n\n\naws_secret_access_key = Y\n\n", {}, None),
    ("indented options", None, "[default]\n  aws_access_key_id = X\n  aws_secret_access_key = Y\n", {}, None),
    ("deeper indentation continues a value", None, "[default]\naws_access_key_id = X\n  aws_secret_access_key = Y\n", {}, None),
    ("indented section", None, "  [default]\n  aws_access_key_id = X\n  aws_secret_access_key = Y\n", {}, None),
    ("indented section continues a value", None, "[a]\nx = 1\n  [default]\naws_access_key_id = X\naws_secret_access_key = Y\n", {}, None),
    ("percent signs are literal", None, "[default]\naws_access_key_id = %(x)s\naws_secret_access_key = 100%\n", {}, None),
    ("quotes are literal", None, '[default]\naws_access_key_id = "X"\naws_secret_access_key = \'Y\'\n', {}, None),
    ("no-break spaces are stripped", None, "[default]\naws_access_key_id =\u00a0X\u00a0\naws_secret_access_key = Y\n", {}, None),
    ("section twice", None, "[default]\n" + keys("D") + "[default]\nregion = x\n", {}, None),
    ("option twice", None, "[default]\nregion = a\nregion = b\n", {}, None),
    ("option twice in other capitals", None, "[default]\nregion = a\nREGION = b\n", {}, None),
    ("option before a section", None, "region = a\n[default]\n" + keys("D"), {}, None),
    ("line without delimiter", None, "[default]\nnonsense\n" + keys("D"), {}, None),
    ("option without a name", None, "[default]\n= x\n" + keys("D"), {}, None),
    ("empty brackets", None, "[]\nx = y\n[default]\n" + keys("D"), {}, None),
    ("unclosed bracket", None, "[default\n" + keys("D"), {}, None),
    ("broken config beside sound keys", "[default\n", "[default]\n" + keys("D"), {}, None),
    ("broken config beside environment", "nonsense\n", None, ENV, None),
    ("empty file", "", "", {}, None),
    ("region", "[default]\nregion = eu-central-1\n", None, ENV, None),
    ("region in the credentials file", "[default]\nregion = a-1\n", "[default]\nregion = b-2\n" + keys("D"), {}, None),
    ("region by variable", "[default]\nregion = eu-central-1\n", None, {**ENV, "AWS_DEFAULT_REGION": "eu-west-3"}, None),
    ("region by variable beside an explicit profile", "[profile p]\nregion = eu-central-1\n" + keys("P"), None,
     {"AWS_DEFAULT_REGION": "eu-west-3"}, "p"),
    ("endpoint", "[default]\nendpoint_url = https://a.example\n", None, ENV, None),
    ("endpoint in the credentials file", None, "[default]\nendpoint_url = https://a.example\n" + keys("D"), {}, None),
    ("endpoint by variable", "[default]\nendpoint_url = https://a.example\n", None, {**ENV, "AWS_ENDPOINT_URL": "https://b.example"}, None),
    ("endpoint of S3 by variable", "[default]\nendpoint_url = https://a.example\n", None,
     {**ENV, "AWS_ENDPOINT_URL": "https://b.example", "AWS_ENDPOINT_URL_S3": "https://c.example"}, None),
    ("endpoint by variable beside an explicit profile", "[profile p]\nendpoint_url = https://a.example\n" + keys("P"), None,
     {"AWS_ENDPOINT_URL": "https://b.example"}, "p"),
    ("services", "[default]\nservices = s\nendpoint_url = https://a.example\n[services s]\ns3 =\n  endpoint_url = https://d.example\n", None, ENV, None),
    ("services of another", "[default]\nservices = s\nendpoint_url = https://a.example\n[services s]\nec2 =\n  endpoint_url = https://d.example\n", None, ENV, None),
    ("services after its profile", "[services s]\ns3 =\n  endpoint_url=https://d.example\nec2 =\n  endpoint_url=https://e.example\n[default]\nservices = s\n", None, ENV, None),
    ("services missing", "[default]\nservices = s\n", None, ENV, None),
    ("services missing, endpoint by variable", "[default]\nservices = s\n", None, {**ENV, "AWS_ENDPOINT_URL": "https://b.example"}, None),
    ("endpoints ignored by variable", "[default]\nendpoint_url = https://a.example\n", None,
     {**ENV, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL": "https://b.example"}, None),
    ("endpoints ignored by profile", "[default]\nendpoint_url = https://a.example\nignore_configured_endpoint_urls = true\n", None, ENV, None),
    ("endpoints not ignored after all", "[default]\nendpoint_url = https://a.example\nignore_configured_endpoint_urls = true\n", None,
     {**ENV, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false"}, None),
    ("nested options", "[default]\ns3 =\n  addressing_style = path\n  max_concurrent_requests = 20\nregion = r-1\n", None, ENV, None),
    ("nested options, virtual", "[default]\ns3 =\n    addressing_style=virtual\n\n    x = y\n", None, ENV, None),
    ("nested options with comment", "[default]\ns3 =\n  # no\n  addressing_style = path\n", None, ENV, None),
    ("nested options on the same line", "[default]\ns3 = addressing_style = path\n", None, ENV, None),
    ("nested line without equals sign", "[default]\ns3 =\n  addressing_style\n", None, ENV, None),
    ("nested with colon", "[default]\ns3 =\n  addressing_style: path\n", None, ENV, None),
    ("nested and indented deeper", "[default]\n  s3 =\n    addressing_style = path\n  region = r-1\n", None, ENV, None),
    ("files elsewhere", "[default]\nregion = r-1\n", "[default]\n" + keys("D"),
     {"AWS_CONFIG_FILE": "$HOME/elsewhere/c", "AWS_SHARED_CREDENTIALS_FILE": "~/elsewhere/k"}, None),
    ("files nowhere", "[default]\nregion = r-1\n", "[default]\n" + keys("D"),
     {"AWS_CONFIG_FILE": "/nonexistent/c", "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent/k"}, None),
    # How credentials are come by, where that is not known without asking: botocore's name of the method.
    ("role with source profile", "[profile p]\nrole_arn = arn:r\nsource_profile = q\n[profile q]\n" + keys("Q"), None, {}, "p"),
    ("role with source profile of keys in the other file", "[profile p]\nrole_arn = arn:r\nsource_profile = q\n", "[q]\n" + keys("Q"), {"AWS_PROFILE": "p"}, None),
    ("environment before a role", "[profile p]\nrole_arn = arn:r\nsource_profile = q\n", "[q]\n" + keys("Q"), {**ENV, "AWS_PROFILE": "p"}, None),
    ("role before keys of the same profile", "[profile p]\nrole_arn = arn:r\nsource_profile = p\n" + keys("P"), None, {}, "p"),
    ("role with itself and no keys", "[profile p]\nrole_arn = arn:r\nsource_profile = p\n", None, {}, "p"),
    ("roles in a circle", "[profile p]\nrole_arn = arn:r\nsource_profile = q\n[profile q]\nrole_arn = arn:s\nsource_profile = p\n", None, {}, "p"),
    ("roles in a chain", "[profile p]\nrole_arn = arn:r\nsource_profile = q\n[profile q]\nrole_arn = arn:s\nsource_profile = k\n[profile k]\n" + keys("K"), None, {}, "p"),
    ("role without source", "[profile p]\nrole_arn = arn:r\n", None, {}, "p"),
    ("role with two sources", "[profile p]\nrole_arn = arn:r\nsource_profile = q\ncredential_source = Environment\n[profile q]\n" + keys("Q"), None, {}, "p"),
    ("role with an unknown source", "[profile p]\nrole_arn = arn:r\ncredential_source = Nowhere\n", None, {}, "p"),
    ("role with a missing source profile", "[profile p]\nrole_arn = arn:r\nsource_profile = q\n", None, {}, "p"),
    ("role with a source profile without keys", "[profile p]\nrole_arn = arn:r\nsource_profile = q\n[profile q]\nregion = r-1\n", None, {}, "p"),
    ("role with the environment as source", "[profile p]\nrole_arn = arn:r\ncredential_source = Environment\n", None, ENV, "p"),
    ("role with an empty environment as source", "[profile p]\nrole_arn = arn:r\ncredential_source = Environment\n", None, {}, "p"),
    ("web identity by variables", None, None, {"AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:r"}, None),
    ("web identity before the credentials file", None, "[default]\n" + keys("D"), {"AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:r"}, None),
    ("web identity by variables beside an explicit profile", None, "[p]\n" + keys("P"), {"AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:r"}, "p"),
    ("web identity without a role", None, None, {"AWS_WEB_IDENTITY_TOKEN_FILE": "/t"}, None),
    ("web identity of a profile", "[profile p]\nrole_arn = arn:r\nweb_identity_token_file = /t\n", None, {}, "p"),
    ("a role by variable alone is nothing", None, None, {"AWS_ROLE_ARN": "arn:r"}, None),
    ("single sign-on, old form", "[profile p]\nsso_role_name = r\nsso_account_id = 1\nsso_start_url = https://s\nsso_region = us-east-1\n", None, {}, "p"),
    ("single sign-on with a session", "[profile p]\nsso_role_name = r\nsso_account_id = 1\nsso_session = s\n[sso-session s]\nsso_start_url = https://s\nsso_region = us-east-1\n", None, {}, "p"),
    ("single sign-on before keys", "[profile p]\nsso_role_name = r\nsso_account_id = 1\nsso_start_url = https://s\nsso_region = us-east-1\n", "[p]\n" + keys("P"), {}, "p"),
    ("single sign-on without a start", "[profile p]\nsso_role_name = r\nsso_account_id = 1\nsso_region = us-east-1\n", None, {}, "p"),
    ("single sign-on without a session section", "[profile p]\nsso_role_name = r\nsso_account_id = 1\nsso_session = s\n", None, {}, "p"),
    ("single sign-on with two starts", "[profile p]\nsso_role_name = r\nsso_account_id = 1\nsso_session = s\nsso_start_url = https://t\n[sso-session s]\nsso_start_url = https://s\nsso_region = us-east-1\n", None, {}, "p"),
    ("single sign-on with a start alone is nothing", "[profile p]\nsso_start_url = https://s\nsso_region = us-east-1\n", None, {}, "p"),
    ("process", "[profile p]\ncredential_process = /bin/echo '{\"Version\": 1, \"AccessKeyId\": \"X\", \"SecretAccessKey\": \"Y\", \"SessionToken\": \"Z\"}'\n", None, {}, "p"),
    ("process in the credentials file", None, "[default]\ncredential_process = /bin/echo {\\\"Version\\\":1,\\\"AccessKeyId\\\":\\\"X\\\",\\\"SecretAccessKey\\\":\\\"Y\\\"}\n", {}, None),
    ("keys of the credentials file before a process", "[default]\ncredential_process = /bin/false\n", "[default]\n" + keys("D"), {}, None),
    ("a process before keys of the config file", "[default]\ncredential_process = /bin/echo '{\"Version\": 1, \"AccessKeyId\": \"X\", \"SecretAccessKey\": \"Y\"}'\n" + keys("C"), None, {}, None),
]


def place(home, path, text, environment, variable):
    if text is None:
        return
    chosen = environment.get(variable, "")
    target = pathlib.Path(os.path.expandvars(os.path.expanduser(chosen))) if chosen else home / path
    if str(target).startswith("/nonexistent"):
        target = home / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode())


def ask(config, credentials, environment, profile):
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        os.environ.clear()
        os.environ.update(environment, HOME=folder, AWS_EC2_METADATA_DISABLED="true", PATH="/usr/bin:/bin")
        place(home, ".aws/config", config, environment, "AWS_CONFIG_FILE")
        place(home, ".aws/credentials", credentials, environment, "AWS_SHARED_CREDENTIALS_FILE")
        try:
            session = botocore.session.Session(profile=profile)
            found = session.get_credentials()
            scoped = session.get_scoped_config()
            ignoring = session.get_config_variable("ignore_configured_endpoint_urls")
            endpoint = None if ignoring else ConfiguredEndpointProvider(session.full_config, scoped, "s3").provide()
            s3 = scoped.get("s3")
            style = s3.get("addressing_style") if isinstance(s3, dict) else None
            # What a client would find out when it is made.
            # Temporary credentials would be asked for over the network as soon as they are looked at.
            known = found and ((None, None, None) if isinstance(found, RefreshableCredentials) else found.get_frozen_credentials()[:3])
            method = found and found.method
            return (known, method, session.get_config_variable("region"), endpoint, style)
        except Exception as error:  # noqa: BLE001: the table wants to know that it fails, whatever the class
            return type(error).__name__


def swift(value):
    if value is None:
        return "nil"
    if isinstance(value, dict):
        return "[" + ", ".join(f"{swift(k)}: {swift(v)}" for k, v in value.items()) + "]" if value else "[:]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    for raw, shown in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\u00a0", "\\u{a0}")):
        escaped = escaped.replace(raw, shown)
    return f'"{escaped}"'


def main():
    version = botocore.__version__
    print(f"// Written by CredentialsAgreement.py with botocore {version}; do not edit.")
    print("// swift-format-ignore-file\n")
    print("extension CredentialsAgreement {\n    static let cases: [Case] = [")
    for name, config, credentials, environment, profile in CASES:
        answer = ask(config, credentials, environment, profile)
        if isinstance(answer, str):
            outcome = f".fails({swift(answer)})"
        else:
            found, method, region, endpoint, style = answer
            credential = "nil"
            if found is not None and found[0] is not None:
                credential = f"Key({swift(found[0])}, {swift(found[1])}, {swift(found[2])})"
            outcome = f".answers({credential}, by: {swift(method)}, region: {swift(region)}, endpoint: {swift(endpoint)}, style: {swift(style)})"
        print(f"        Case({swift(name)}, config: {swift(config)}, credentials: {swift(credentials)},")
        print(f"            environment: {swift(environment)}, profile: {swift(profile)}, {outcome}),")
    print("    ]\n}")


main()
