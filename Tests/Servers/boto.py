"""An S3 client that shares no code with galleria-deploy, to see what is really in a bucket.   boto.py < questions

Keys and bodies travel as base64, so that no byte of theirs depends on JSON or on a terminal. Listings are asked for with
`encoding-type=url` and decoded here: botocore leaves a `+` alone where some servers mean a space by it.
"""

import base64
import hashlib
import json
import urllib.parse

import boto3
import botocore.config

import lines

clients = {}


def client(at):
    """The client for a place: endpoint, access key, secret key."""
    key = (at["endpoint"], at["access"], at["secret"])
    if key not in clients:
        clients[key] = boto3.session.Session().client(
            "s3", endpoint_url=at["endpoint"], aws_access_key_id=at["access"], aws_secret_access_key=at["secret"],
            region_name="us-east-1",
            config=botocore.config.Config(
                signature_version="s3v4", s3={"addressing_style": "path"}, retries={"max_attempts": 1}, proxies={},
                request_checksum_calculation="when_required", response_checksum_validation="when_required"))
    return clients[key]


def encoded(data):
    return base64.b64encode(data).decode()


def name(key):
    return base64.b64decode(key).decode("utf-8")


def listing(at, bucket, prefix=""):
    """Every object, as the listing answers it: key, size, etag and last modified."""
    found = []
    for page in client(at).get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=name(prefix), EncodingType="url"):
        for row in page.get("Contents", []):
            key = urllib.parse.unquote_to_bytes(row["Key"].replace("+", " "))
            found.append({
                "key": encoded(key), "size": row["Size"], "etag": row["ETag"].strip('"'),
                "modified": row["LastModified"].isoformat(),
            })
    return found


def read(at, bucket, key):
    """One object: its listing row, the SHA-256 of its body, its headers and its metadata."""
    answer = client(at).get_object(Bucket=bucket, Key=name(key))
    digest = hashlib.sha256()
    for chunk in iter(lambda: answer["Body"].read(1 << 20), b""):
        digest.update(chunk)
    return {
        "key": key, "size": answer["ContentLength"], "etag": answer["ETag"].strip('"'),
        "modified": answer["LastModified"].isoformat(), "sha256": digest.hexdigest(),
        "contentType": answer.get("ContentType", ""), "cacheControl": answer.get("CacheControl", ""),
        "disposition": answer.get("ContentDisposition", ""), "encryption": answer.get("ServerSideEncryption", ""),
        "coding": answer.get("ContentEncoding", ""), "language": answer.get("ContentLanguage", ""),
        "redirect": answer.get("WebsiteRedirectLocation", ""),
        "metadata": answer["Metadata"],
    }


def snapshot(at, bucket, prefix=""):
    """Every object with its body's SHA-256, its headers and its metadata."""
    return [dict(read(at, bucket, row["key"]), modified=row["modified"]) for row in listing(at, bucket, prefix)]


def body(at, bucket, key, customerKey=None):
    under = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": base64.b64decode(customerKey)} if customerKey else {}
    return encoded(client(at).get_object(Bucket=bucket, Key=name(key), **under)["Body"].read())


def tags(at, bucket, key):
    return {tag["Key"]: tag["Value"] for tag in client(at).get_object_tagging(Bucket=bucket, Key=name(key)).get("TagSet", [])}


def setTags(at, bucket, key, values):
    """Tags an object."""
    client(at).put_object_tagging(
        Bucket=bucket, Key=name(key), Tagging={"TagSet": [{"Key": tag, "Value": value} for tag, value in values.items()]})


def policy(at, bucket, document):
    """Sets the bucket's policy."""
    client(at).put_bucket_policy(Bucket=bucket, Policy=json.dumps(document))


def keepVersions(at, bucket):
    """Has the bucket keep the versions of its objects."""
    client(at).put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def put(at, bucket, key, body, metadata=None, contentType=None, cacheControl=None, acl=None, coding=None):
    headers = {"Metadata": metadata, "ContentType": contentType, "CacheControl": cacheControl, "ACL": acl, "ContentEncoding": coding}
    answer = client(at).put_object(
        Bucket=bucket, Key=name(key), Body=base64.b64decode(body), **{k: v for k, v in headers.items() if v is not None})
    return answer["ETag"].strip('"')


def delete(at, bucket, key):
    client(at).delete_object(Bucket=bucket, Key=name(key))


def multipart(at, bucket, key, body, partSize, metadata=None):
    """Puts an object in parts, as other programs do with large files."""
    s3, data = client(at), base64.b64decode(body)
    upload = s3.create_multipart_upload(Bucket=bucket, Key=name(key), **({"Metadata": metadata} if metadata else {}))["UploadId"]
    parts = []
    for number, start in enumerate(range(0, max(len(data), 1), partSize), 1):
        tag = s3.upload_part(
            Bucket=bucket, Key=name(key), UploadId=upload, PartNumber=number, Body=data[start:start + partSize])["ETag"]
        parts.append({"PartNumber": number, "ETag": tag})
    s3.complete_multipart_upload(Bucket=bucket, Key=name(key), UploadId=upload, MultipartUpload={"Parts": parts})
    # Ceph's answer to the completion tells no tag.
    return s3.head_object(Bucket=bucket, Key=name(key))["ETag"].strip('"')


def grants(at, bucket, key):
    """Who may do what with an object, as `PERMISSION GROUP-OR-ID`."""
    found = client(at).get_object_acl(Bucket=bucket, Key=name(key))["Grants"]
    return sorted(
        g["Permission"] + " " + (g["Grantee"].get("URI", "").rsplit("/", 1)[-1] or g["Grantee"].get("ID", "")) for g in found)


def make(at, bucket):
    client(at).create_bucket(Bucket=bucket)


def begin(at, bucket, key, part=""):
    """Begins an upload in parts and sends the first where there is one; its id."""
    upload = client(at).create_multipart_upload(Bucket=bucket, Key=name(key))["UploadId"]
    if part:
        client(at).upload_part(Bucket=bucket, Key=name(key), UploadId=upload, PartNumber=1, Body=base64.b64decode(part))
    return upload


def uploads(at, bucket):
    """The ids of the uploads in parts that are under way."""
    return [row["UploadId"] for row in client(at).list_multipart_uploads(Bucket=bucket).get("Uploads", [])]


def cors(at, bucket):
    """The bucket's rules, or none where it has no configuration."""
    try:
        return client(at).get_bucket_cors(Bucket=bucket)["CORSRules"]
    except client(at).exceptions.ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchCORSConfiguration", "NoSuchCORSConfigurationError"):
            return []
        raise


def set_cors(at, bucket, rules):
    if rules:
        client(at).put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules})
    else:
        client(at).delete_bucket_cors(Bucket=bucket)


def call(at, bucket, method, arguments):
    """Any call of boto3 on the bucket, its arguments and its answer as JSON texts; "absent" where the server says that there is none."""
    try:
        answer = getattr(client(at), method)(Bucket=bucket, **json.loads(arguments))
    except client(at).exceptions.ClientError as error:
        if error.response["Error"]["Code"].startswith(("NoSuch", "ServerSideEncryptionConfigurationNotFound")):
            return "absent"
        raise
    answer.pop("ResponseMetadata", None)
    return json.dumps(answer, default=str, sort_keys=True)


def publish(at, bucket):
    """Lets everybody read the objects."""
    try:
        client(at).delete_public_access_block(Bucket=bucket)
    except client(at).exceptions.ClientError:
        pass  # a server that does not block
    allow = {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": [f"arn:aws:s3:::{bucket}/*"]}
    client(at).put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))


def forbid(at, bucket, actions):
    """Denies actions on the bucket to everybody, its owner included, and lets everybody read the objects."""
    deny = {"Effect": "Deny", "Principal": "*", "Action": actions, "Resource": [f"arn:aws:s3:::{bucket}"]}
    allow = {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": [f"arn:aws:s3:::{bucket}/*"]}
    client(at).put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow, deny]}))


if __name__ == "__main__":
    lines.serve({
        "listing": listing, "read": read, "snapshot": snapshot, "body": body, "tags": tags, "setTags": setTags, "policy": policy, "keepVersions": keepVersions, "put": put, "multipart": multipart, "grants": grants, "delete": delete, "make": make,
        "begin": begin, "uploads": uploads,
        "cors": cors, "setCORS": set_cors, "call": call, "publish": publish, "forbid": forbid,
    })
