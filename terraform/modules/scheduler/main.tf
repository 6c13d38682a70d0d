# Schedules start a state machine that calls the agents through the gateway until none of their runs is open: a run goes on
# only while a request waits for it. EventBridge's own calls last 5 seconds, those of Step Functions 60.
# See guides/decisions/0011_who_drives_runs.md.

locals {
  call = {
    Type     = "Task"
    Resource = "arn:${var.partition}:states:::http:invoke"
    Retry = [
      # A step may take longer than the call; the next one finds it at work.
      { ErrorEquals = ["States.Timeout", "States.Http.Socket"], IntervalSeconds = 1, MaxAttempts = 20, BackoffRate = 1 },
      { ErrorEquals = ["States.ALL"], IntervalSeconds = 10, MaxAttempts = 3, BackoffRate = 2 },
    ]
  }
  request = {
    Method         = "POST"
    Authentication = { ConnectionArn = aws_cloudformation_stack.connection.outputs["Arn"] }
  }
  schedules = { for name, expression in var.schedules : name => expression if expression != "" }
}

resource "aws_sfn_state_machine" "driver" {
  name     = "${var.name}-driver"
  role_arn = aws_iam_role.driver.arn

  definition = jsonencode({
    Comment        = "Start the research that is due, then drive the runs that nobody waits for."
    StartAt        = "Is research due"
    TimeoutSeconds = 3300
    States = {
      "Is research due" = {
        Type    = "Choice"
        Choices = [{ Variable = "$.research", BooleanEquals = true, Next = "Start research" }]
        Default = "Drive"
      }
      # A repeated call brings the same event id and starts nothing new.
      "Start research" = merge(local.call, {
        Parameters = merge(local.request, {
          ApiEndpoint = "${var.gateway_url}/researcher/due"
          RequestBody = { "event_id.$" = "$$.Execution.Name" }
        })
        ResultPath = null
        Next       = "Drive"
      })
      "Drive" = {
        Type = "Parallel"
        End  = true
        Branches = [for service in var.agents : {
          StartAt = "Advance the ${service}"
          States = {
            "Advance the ${service}" = merge(local.call, {
              Parameters = merge(local.request, {
                ApiEndpoint = "${var.gateway_url}/${service}/runs/advance"
                RequestBody = { budget_s = 45 }
              })
              ResultSelector = { "open.$" = "$.ResponseBody.open" }
              Next           = "Are runs of the ${service} open"
            })
            "Are runs of the ${service} open" = {
              Type    = "Choice"
              Choices = [{ Variable = "$.open", NumericGreaterThan = 0, Next = "Advance the ${service}" }]
              Default = "The ${service} is done"
            }
            "The ${service} is done" = { Type = "Succeed" }
          }
        }]
      }
    }
  })
}

resource "aws_iam_role" "driver" {
  name = "${var.iam_prefix}-driver"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "states.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "driver" {
  name = "call-the-gateway"
  role = aws_iam_role.driver.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = ["states:InvokeHTTPEndpoint"]
        Resource  = [aws_sfn_state_machine.driver.arn]
        Condition = { StringEquals = { "states:HTTPMethod" = "POST" } }
      },
      {
        Effect   = "Allow"
        Action   = ["events:RetrieveConnectionCredentials"]
        Resource = [aws_cloudformation_stack.connection.outputs["Arn"]]
      },
      {
        Effect   = "Allow"
        Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
        Resource = [aws_cloudformation_stack.connection.outputs["SecretArn"]]
      },
    ]
  })
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
  name = "start-the-driver"
  role = aws_iam_role.scheduler.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["states:StartExecution"], Resource = [aws_sfn_state_machine.driver.arn] }]
  })
}

resource "aws_scheduler_schedule" "this" {
  for_each = local.schedules

  name                = "${var.name}-${each.key}"
  description         = each.key == "research" ? "Research the followed topics that are due." : "Go on with the runs that nobody waits for."
  schedule_expression = each.value

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.driver.arn
    role_arn = aws_iam_role.scheduler.arn
    input    = jsonencode({ research = each.key == "research" })

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
    Outputs = {
      Arn       = { Value = { "Fn::GetAtt" = ["Connection", "Arn"] } }
      SecretArn = { Value = { "Fn::GetAtt" = ["Connection", "SecretArn"] } }
    }
  })
}
