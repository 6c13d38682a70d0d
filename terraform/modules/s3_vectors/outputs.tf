output "bucket_name" {
  description = "Name of the vector bucket."
  value       = aws_s3vectors_vector_bucket.this.vector_bucket_name
}

output "index_name" {
  description = "Name of the index."
  value       = aws_s3vectors_index.this.index_name
}

output "index_arn" {
  description = "ARN of the index."
  value       = aws_s3vectors_index.this.index_arn
}

output "statements" {
  description = "What a service needs to read and write the index; a filter in a query needs GetVectors as well."
  value = [{
    Effect = "Allow"
    Action = [
      "s3vectors:GetIndex", "s3vectors:PutVectors", "s3vectors:GetVectors", "s3vectors:ListVectors",
      "s3vectors:QueryVectors", "s3vectors:DeleteVectors", "s3vectors:UpdateIndexMode",
      "s3vectors:UpdateMetadataConfiguration",
    ]
    Resource = [aws_s3vectors_index.this.index_arn]
  }]
}
