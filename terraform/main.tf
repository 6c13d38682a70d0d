module "ecr" {
  source = "./modules/ecr"

  name         = var.name
  repositories = keys(local.ports)
}

module "secrets" {
  source = "./modules/secrets"

  name = var.name
  secrets = merge(
    {
      origin-key    = "Key that the gateway shows to the services in place of the caller's."
      accepted-keys = "Keys that the services accept, separated by commas: the origin key, and during a rotation its successor."
      caller-key    = "API key of this deployment's first caller."
      page-password = "Password of the web page; any name goes with it."
    },
    var.model_key ? { model-key = "OPENAI_API_KEY of the agents." } : {},
    var.database == "url" ? {
      planner-database-url    = "SQLAlchemy URL of the planner's PostgreSQL database."
      researcher-database-url = "SQLAlchemy URL of the researcher's PostgreSQL database."
    } : {},
  )
}

module "s3_vectors" {
  source = "./modules/s3_vectors"

  bucket_name = "${var.name}-knowledge-${local.account}"
}

module "sagemaker_embedding" {
  source = "./modules/sagemaker_embedding"

  name               = "${var.name}-embedding"
  role_name          = "${local.iam_prefix}-embedding"
  partition          = local.partition
  region             = var.region
  account            = local.account
  memory_mb          = var.embedding_memory_mb
  max_concurrency    = var.embedding_concurrency
  log_retention_days = var.log_retention_days
}

module "database" {
  source = "./modules/database"

  name        = var.name
  kind        = var.database
  services    = ["planner", "researcher"]
  region      = var.region
  secret_arns = module.secrets.arns
}

module "api_gateway" {
  source = "./modules/api_gateway"

  name              = var.name
  upstreams         = { for name, service in local.behind_gateway : name => service.url }
  owner             = var.owner
  origin_key_arn    = module.secrets.arns["origin-key"]
  origin_key_id     = var.key_versions.origin
  caller_key_arn    = module.secrets.arns["caller-key"]
  caller_key_id     = var.key_versions.caller
  requests_per_day  = var.requests_per_day
  requests_per_sec  = 20
  timeout_ms        = 120000
  deployment_reason = var.image_tag
}

module "scheduler" {
  source = "./modules/scheduler"
  count  = var.research_schedule == "" && var.run_schedule == "" ? 0 : 1

  name           = var.name
  iam_prefix     = local.iam_prefix
  partition      = local.partition
  agents         = ["planner", "researcher"]
  schedules      = { research = var.research_schedule, runs = var.run_schedule }
  gateway_url    = module.api_gateway.url
  caller_key_arn = module.secrets.arns["caller-key"]
  caller_key_id  = var.key_versions.caller
}

resource "aws_budgets_budget" "monthly" {
  name         = "${var.name}-${var.region}-monthly"
  budget_type  = "COST"
  limit_amount = tostring(var.budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "notification" {
    for_each = var.alert_email == "" ? {} : { ACTUAL = 80, FORECASTED = 100 }

    content {
      notification_type          = notification.key
      comparison_operator        = "GREATER_THAN"
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = [var.alert_email]
    }
  }
}
