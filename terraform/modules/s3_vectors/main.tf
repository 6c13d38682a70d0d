resource "aws_s3vectors_vector_bucket" "this" {
  vector_bucket_name = var.bucket_name
  # What is in it can be ingested again; without this nothing could be taken down.
  force_destroy = true
}

resource "aws_s3vectors_index" "this" {
  vector_bucket_name = aws_s3vectors_vector_bucket.this.vector_bucket_name
  index_name         = var.index_name
  data_type          = "float32"
  dimension          = 384
  distance_metric    = "cosine"

  metadata_configuration {
    non_filterable_metadata_keys = var.non_filterable_keys
  }

  # Every change here would replace the index and lose what is in it. Its mode and its text search, for which the
  # provider has no arguments, are set by alex deploy.
  lifecycle {
    ignore_changes = [metadata_configuration]
  }
}
