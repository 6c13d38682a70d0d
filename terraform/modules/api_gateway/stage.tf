# The stage and the first API key hold secret values. CloudFormation reads them from Secrets Manager by reference, so they
# are neither in Terraform's state nor in a plan; the provider would read both back into its state.

locals {
  origin_key = "{{resolve:secretsmanager:${var.origin_key_arn}:SecretString:::${var.origin_key_id}}}"
  caller_key = "{{resolve:secretsmanager:${var.caller_key_arn}:SecretString:::${var.caller_key_id}}}"
  stage      = "alex"
}

resource "aws_cloudformation_stack" "stage" {
  name = "${var.name}-gateway-stage"

  template_body = jsonencode({
    Description = "Stage and first API key of Alex, with values from Secrets Manager."
    Resources = {
      Stage = {
        Type = "AWS::ApiGateway::Stage"
        Properties = {
          RestApiId    = aws_api_gateway_rest_api.this.id
          DeploymentId = aws_api_gateway_deployment.this.id
          StageName    = local.stage
          Variables    = { originKey = local.origin_key }
          MethodSettings = [{
            ResourcePath         = "/*"
            HttpMethod           = "*"
            MetricsEnabled       = true
            ThrottlingRateLimit  = var.requests_per_sec * 5
            ThrottlingBurstLimit = var.requests_per_sec * 10
          }]
        }
      }
      CallerKey = {
        Type = "AWS::ApiGateway::ApiKey"
        Properties = {
          # A key cannot change its value, so a new version is a new key with a name of its own.
          Name    = trimsuffix("${var.name}-first-caller-${substr(var.caller_key_id, 0, 8)}", "-")
          Enabled = true
          Value   = local.caller_key
        }
      }
    }
    Outputs = { CallerKeyId = { Value = { Ref = "CallerKey" } } }
  })

  # Deleting it first would take away the usage plan's stage.
  depends_on = [aws_api_gateway_integration.root, aws_api_gateway_integration.below]
}

resource "aws_api_gateway_usage_plan" "callers" {
  name        = "${var.name}-callers"
  description = "Every API key of Alex."

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = local.stage
  }

  quota_settings {
    limit  = var.requests_per_day
    period = "DAY"
  }

  throttle_settings {
    rate_limit  = var.requests_per_sec
    burst_limit = var.requests_per_sec * 2
  }

  depends_on = [aws_cloudformation_stack.stage]
}

resource "aws_api_gateway_usage_plan_key" "first_caller" {
  key_id        = aws_cloudformation_stack.stage.outputs["CallerKeyId"]
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.callers.id
}
