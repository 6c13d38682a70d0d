# Everything that is reachable: /{service} and /{service}/{anything}, each with an API key.

resource "aws_api_gateway_rest_api" "this" {
  name           = var.name
  description    = "Alex: one entrance for all services."
  api_key_source = "HEADER"
  # Bodies pass as they are. What is not listed here is taken for UTF-8, and brokers export in other encodings too.
  binary_media_types = ["*/*"]

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_resource" "root" {
  for_each = var.upstreams

  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = each.key
}

resource "aws_api_gateway_resource" "below" {
  for_each = var.upstreams

  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.root[each.key].id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_method" "root" {
  for_each = var.upstreams

  rest_api_id      = aws_api_gateway_rest_api.this.id
  resource_id      = aws_api_gateway_resource.root[each.key].id
  http_method      = "ANY"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_method" "below" {
  for_each = var.upstreams

  rest_api_id        = aws_api_gateway_rest_api.this.id
  resource_id        = aws_api_gateway_resource.below[each.key].id
  http_method        = "ANY"
  authorization      = "NONE"
  api_key_required   = true
  request_parameters = { "method.request.path.proxy" = true }
}

locals {
  # The caller's key is replaced, so that the services' own check locks their public addresses to this gateway. The value
  # is a variable of the stage, which CloudFormation reads from Secrets Manager: Terraform never sees it.
  headers = {
    "integration.request.header.x-api-key"    = "stageVariables.originKey"
    "integration.request.header.x-alex-owner" = var.owner == "per-key" ? "context.identity.apiKeyId" : "'${var.owner}'"
  }
}

resource "aws_api_gateway_integration" "root" {
  for_each = var.upstreams

  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = aws_api_gateway_resource.root[each.key].id
  http_method             = aws_api_gateway_method.root[each.key].http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "ANY"
  uri                     = "${each.value}/"
  request_parameters      = local.headers
  response_transfer_mode  = "STREAM"
  timeout_milliseconds    = var.timeout_ms
}

resource "aws_api_gateway_integration" "below" {
  for_each = var.upstreams

  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = aws_api_gateway_resource.below[each.key].id
  http_method             = aws_api_gateway_method.below[each.key].http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "ANY"
  uri                     = "${each.value}/{proxy}"
  request_parameters      = merge(local.headers, { "integration.request.path.proxy" = "method.request.path.proxy" })
  response_transfer_mode  = "STREAM"
  timeout_milliseconds    = var.timeout_ms
}

# What the gateway itself refuses has the error shape of the services.
resource "aws_api_gateway_gateway_response" "errors" {
  for_each = toset(["DEFAULT_4XX", "DEFAULT_5XX"])

  rest_api_id   = aws_api_gateway_rest_api.this.id
  response_type = each.key

  response_templates = {
    "application/json" = "{\"error\":{\"code\":\"gateway_refused\",\"message\":$context.error.messageString,\"detail\":{\"reason\":\"$context.error.responseType\"},\"request_id\":\"$context.requestId\"}}"
  }
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  description = var.deployment_reason

  triggers = {
    content = sha1(jsonencode([
      aws_api_gateway_resource.root, aws_api_gateway_resource.below, aws_api_gateway_method.root,
      aws_api_gateway_method.below, aws_api_gateway_integration.root, aws_api_gateway_integration.below,
      aws_api_gateway_gateway_response.errors,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }
}
