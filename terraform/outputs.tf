output "url" {
  description = "Address of the gateway; a service is below it by its name."
  value       = module.api_gateway.url
}

output "page" {
  description = "Address of the web page; it asks for the password in the secret NAME/page-password."
  value       = module.frontend.url
}

output "region" {
  description = "Region of this deployment."
  value       = var.region
}

output "image_tag" {
  description = "Tag of the images that run."
  value       = var.image_tag
}

output "services" {
  description = "Each App Runner service: its ARN, and its public address, which but for the web page only the gateway can use."
  value       = { for name, service in local.running : name => { arn = service.arn, url = service.url } }
}

output "repositories" {
  description = "Address of each image repository."
  value       = module.ecr.urls
}

output "vector_index" {
  description = "The vector bucket and its index."
  value       = { bucket = module.s3_vectors.bucket_name, index = module.s3_vectors.index_name }
}

output "embedding_endpoint" {
  description = "Name of the SageMaker endpoint."
  value       = module.sagemaker_embedding.endpoint_name
}

output "secret_names" {
  description = "Names of the secrets; their values are never part of Terraform's state."
  value       = module.secrets.names
}
