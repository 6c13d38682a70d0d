# Schedule -> event bus -> rule -> call to the gateway, without a Lambda. The call has 5 seconds, so the researcher only
# notes which runs are due; a call that comes twice brings the same event id and starts nothing new.

resource "aws_cloudwatch_event_bus" "this" {
  name = "${var.name}-schedule"
}

resource "aws_iam_role" "scheduler" {
  name = "${var.iam_prefix}-scheduler"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "scheduler" {
  name = "put-events"
  role = aws_iam_role.scheduler.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["events:PutEvents"], Resource = [aws_cloudwatch_event_bus.this.arn] }]
  })
}

resource "aws_scheduler_schedule" "research" {
  name                = "${var.name}-research"
  description         = "Research the followed topics that are due."
  schedule_expression = var.schedule

  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 15
  }

  target {
    arn      = aws_cloudwatch_event_bus.this.arn
    role_arn = aws_iam_role.scheduler.arn
    input    = jsonencode({})

    eventbridge_parameters {
      detail_type = "research is due"
      source      = "alex.schedule"
    }

    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 5
    }
  }
}

# The connection holds the API key; see stage.tf of the gateway for why it is made by CloudFormation.
resource "aws_cloudformation_stack" "connection" {
  name = "${var.name}-schedule-connection"

  template_body = jsonencode({
    Description = "API key of Alex's scheduled calls, from Secrets Manager."
    Resources = {
      Connection = {
        Type = "AWS::Events::Connection"
        Properties = {
          Name              = "${var.name}-gateway"
          AuthorizationType = "API_KEY"
          AuthParameters = {
            ApiKeyAuthParameters = {
              ApiKeyName  = "x-api-key"
              ApiKeyValue = "{{resolve:secretsmanager:${var.caller_key_arn}:SecretString:::${var.caller_key_id}}}"
            }
          }
        }
      }
    }
    Outputs = { Arn = { Value = { "Fn::GetAtt" = ["Connection", "Arn"] } } }
  })
}

resource "aws_cloudwatch_event_api_destination" "due" {
  name                             = "${var.name}-research-due"
  connection_arn                   = aws_cloudformation_stack.connection.outputs["Arn"]
  http_method                      = "POST"
  invocation_endpoint              = "${var.gateway_url}/researcher/due"
  invocation_rate_limit_per_second = 1
}

resource "aws_iam_role" "rule" {
  name = "${var.iam_prefix}-schedule-rule"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "events.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "rule" {
  name = "call-the-gateway"
  role = aws_iam_role.rule.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["events:InvokeApiDestination"]
      Resource = [aws_cloudwatch_event_api_destination.due.arn]
    }]
  })
}

resource "aws_cloudwatch_event_rule" "due" {
  name           = "${var.name}-research-due"
  event_bus_name = aws_cloudwatch_event_bus.this.name
  event_pattern  = jsonencode({ source = ["alex.schedule"] })
}

resource "aws_cloudwatch_event_target" "due" {
  rule           = aws_cloudwatch_event_rule.due.name
  event_bus_name = aws_cloudwatch_event_bus.this.name
  arn            = aws_cloudwatch_event_api_destination.due.arn
  role_arn       = aws_iam_role.rule.arn

  input_transformer {
    input_paths    = { id = "$.id" }
    input_template = "{\"event_id\": <id>}"
  }

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 10
  }
}
