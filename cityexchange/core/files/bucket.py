"""Files in an S3 store. Loaded only where FILES_URL names one."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from botocore.config import Config as Boto
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from cityexchange.core.outages import FilesOutOfReach
from cityexchange.core.turns import step_aside


@contextmanager
def reached() -> Iterator[None]:
    """FilesOutOfReach where the store is silent, is torn off or says that it is ill."""
    try:
        yield
    except (BotoCoreError, HTTPClientError) as problem:
        raise FilesOutOfReach from problem
    except ClientError as problem:
        if problem.response["ResponseMetadata"]["HTTPStatusCode"] < 500:
            raise
        raise FilesOutOfReach from problem


class Bucket:
    def __init__(self, name: str, endpoint: str | None):
        self.name = name
        settings = Boto(connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 2})
        self.client = boto3.client("s3", endpoint_url=endpoint, config=settings)

    def put(self, place, content):
        with reached():
            self.client.put_object(Bucket=self.name, Key=place, Body=content)

    def source(self, place):
        step_aside()
        try:
            with reached():
                return io.BytesIO(self.client.get_object(Bucket=self.name, Key=place)["Body"].read())
        except ClientError as problem:
            if problem.response["Error"]["Code"] in {"NoSuchKey", "404"}:
                raise FileNotFoundError(place) from problem
            raise

    def remove(self, place):
        self.client.delete_object(Bucket=self.name, Key=place)

    def places(self):
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name):
            for found in page.get("Contents", ()):
                yield found["Key"], found["LastModified"]
