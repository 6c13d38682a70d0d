"""The operations of S3 Vectors: what they accept, what they answer. Storage and search are in `engine`."""
