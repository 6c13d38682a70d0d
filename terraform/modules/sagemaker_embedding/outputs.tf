output "endpoint_name" {
  description = "Name of the endpoint."
  value       = aws_sagemaker_endpoint.embedding.name
}
