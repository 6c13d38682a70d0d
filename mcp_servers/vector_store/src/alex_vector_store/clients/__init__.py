"""What the vector store calls: the embedder and S3 Vectors. Foreign errors and shapes stop here."""
