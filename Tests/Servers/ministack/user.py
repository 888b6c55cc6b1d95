"""Creates an IAM user who may do everything with S3, and prints his access key and secret key.   user.py ENDPOINT"""

import json
import sys
import uuid

import boto3

iam = boto3.client(
    "iam", endpoint_url=sys.argv[1], aws_access_key_id="root", aws_secret_access_key="root", region_name="us-east-1")
name = f"publisher-{uuid.uuid4()}"
iam.create_user(UserName=name)
iam.put_user_policy(
    UserName=name, PolicyName="s3",
    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}))
key = iam.create_access_key(UserName=name)["AccessKey"]
print(key["AccessKeyId"], key["SecretAccessKey"])
