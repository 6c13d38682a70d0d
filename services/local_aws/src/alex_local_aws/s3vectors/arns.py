"""Names of buckets and indexes as ARNs, for the one account and region that this server stands for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Arns:
    """Makes ARNs, and takes them apart again.

    Format: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3vectors.html
    """

    region: str
    account_id: str

    def bucket(self, bucket: str) -> str:
        return f"arn:aws:s3vectors:{self.region}:{self.account_id}:bucket/{bucket}"

    def index(self, bucket: str, index: str) -> str:
        return f"{self.bucket(bucket)}/index/{index}"

    def parts(self, arn: str) -> tuple[str, str | None] | None:
        """Return the bucket and, if there is one, the index of an ARN; nothing if it is not of this account."""
        prefix = self.bucket("")
        if not arn.startswith(prefix):
            return None
        bucket, separator, index = arn.removeprefix(prefix).partition("/index/")
        return bucket, index if separator else None
