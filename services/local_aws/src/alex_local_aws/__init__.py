"""S3 Vectors and SageMaker Runtime on a laptop: the same boto3 code runs here and in AWS."""
