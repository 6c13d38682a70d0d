data "aws_region" "current" {}

output "url" {
  description = "Address of the stage, without a slash at the end."
  value       = "https://${aws_api_gateway_rest_api.this.id}.execute-api.${data.aws_region.current.region}.amazonaws.com/${local.stage}"

  # Of no use before the key belongs to a plan.
  depends_on = [aws_api_gateway_usage_plan_key.first_caller]
}
