output "arn" {
  description = "ARN of the service."
  value       = aws_apprunner_service.this.arn
}

output "url" {
  description = "Public address of the service, without a slash at the end."
  value       = "https://${aws_apprunner_service.this.service_url}"
}
