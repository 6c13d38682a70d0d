# The services, in the order in which they need each other's addresses.

resource "aws_apprunner_auto_scaling_configuration_version" "shared" {
  # The account has room for few of these, so all services share one. Agents wait for others most of the time.
  auto_scaling_configuration_name = "${var.name}-shared"
  max_concurrency                 = 20
  max_size                        = var.max_instances
  min_size                        = 1
}

# Open browser sessions live in the memory of one instance.
resource "aws_apprunner_auto_scaling_configuration_version" "single" {
  auto_scaling_configuration_name = "${var.name}-single"
  max_concurrency                 = 20
  max_size                        = 1
  min_size                        = 1
}

module "embedder" {
  source = "./modules/app_runner_service"

  service      = "embedder"
  deployment   = local.deployment
  image        = "${module.ecr.urls["embedder"]}:${var.image_tag}"
  port         = local.ports["embedder"]
  memory_mb    = lookup(var.memory_mb, "embedder", 1024)
  scaling_arn  = aws_apprunner_auto_scaling_configuration_version.shared.arn
  statements   = local.statements["embedder"]
  secrets      = local.keys
  ecr_role_arn = aws_iam_role.image_access.arn

  environment = merge(local.environment, {
    EMBEDDER_ENDPOINT_NAME              = module.sagemaker_embedding.endpoint_name
    EMBEDDER_MAX_CONCURRENT_INVOCATIONS = tostring(var.embedding_concurrency)
  })
  depends_on = [aws_iam_role_policy.image_access]
}

module "vector_store" {
  source = "./modules/app_runner_service"

  service      = "vector_store"
  deployment   = local.deployment
  image        = "${module.ecr.urls["vector_store"]}:${var.image_tag}"
  port         = local.ports["vector_store"]
  memory_mb    = lookup(var.memory_mb, "vector_store", 1024)
  scaling_arn  = aws_apprunner_auto_scaling_configuration_version.shared.arn
  statements   = local.statements["vector_store"]
  secrets      = local.keys
  ecr_role_arn = aws_iam_role.image_access.arn

  environment = merge(local.environment, {
    VECTOR_STORE_BUCKET       = module.s3_vectors.bucket_name
    VECTOR_STORE_INDEX        = module.s3_vectors.index_name
    VECTOR_STORE_EMBEDDER_URL = module.embedder.url
  })
  depends_on = [aws_iam_role_policy.image_access]
}

module "browser" {
  source = "./modules/app_runner_service"

  service      = "browser"
  deployment   = local.deployment
  image        = "${module.ecr.urls["browser"]}:${var.image_tag}"
  port         = local.ports["browser"]
  memory_mb    = lookup(var.memory_mb, "browser", 2048)
  scaling_arn  = aws_apprunner_auto_scaling_configuration_version.single.arn
  statements   = local.statements["browser"]
  secrets      = local.keys
  ecr_role_arn = aws_iam_role.image_access.arn
  environment  = merge(local.environment, local.sec_environment)
  depends_on   = [aws_iam_role_policy.image_access]
}

module "researcher" {
  source = "./modules/app_runner_service"

  service      = "researcher"
  deployment   = local.deployment
  image        = "${module.ecr.urls["researcher"]}:${var.image_tag}"
  port         = local.ports["researcher"]
  memory_mb    = lookup(var.memory_mb, "researcher", 1024)
  scaling_arn  = aws_apprunner_auto_scaling_configuration_version.shared.arn
  statements   = local.statements["researcher"]
  secrets      = merge(local.keys, local.model_secrets, module.database.secrets["researcher"])
  ecr_role_arn = aws_iam_role.image_access.arn

  environment = merge(local.environment, local.model_environment, local.sec_environment, module.database.environment["researcher"], {
    RESEARCHER_BROWSER_URL      = "${module.browser.url}/mcp"
    RESEARCHER_VECTOR_STORE_URL = "${module.vector_store.url}/mcp"
  })
  depends_on = [aws_iam_role_policy.image_access]
}

module "planner" {
  source = "./modules/app_runner_service"

  service      = "planner"
  deployment   = local.deployment
  image        = "${module.ecr.urls["planner"]}:${var.image_tag}"
  port         = local.ports["planner"]
  memory_mb    = lookup(var.memory_mb, "planner", 1024)
  scaling_arn  = aws_apprunner_auto_scaling_configuration_version.shared.arn
  statements   = local.statements["planner"]
  secrets      = merge(local.keys, local.model_secrets, module.database.secrets["planner"])
  ecr_role_arn = aws_iam_role.image_access.arn

  environment = merge(local.environment, local.model_environment, module.database.environment["planner"], {
    PLANNER_RESEARCHER_URL   = module.researcher.url
    PLANNER_VECTOR_STORE_URL = "${module.vector_store.url}/mcp"
  })
  depends_on = [aws_iam_role_policy.image_access]
}

# A browser sends no API key with the address that somebody types, so the page has its own entrance and asks for a
# password. It is a caller of the gateway like any other: see guides/decisions/0013_the_page_is_a_caller.md.
module "frontend" {
  source = "./modules/app_runner_service"

  service      = "frontend"
  deployment   = local.deployment
  image        = "${module.ecr.urls["frontend"]}:${var.image_tag}"
  port         = local.ports["frontend"]
  memory_mb    = lookup(var.memory_mb, "frontend", 512)
  scaling_arn  = aws_apprunner_auto_scaling_configuration_version.shared.arn
  statements   = local.statements["frontend"]
  ecr_role_arn = aws_iam_role.image_access.arn

  secrets = {
    ALEX_API_KEYS     = module.secrets.arns["caller-key"]
    FRONTEND_PASSWORD = module.secrets.arns["page-password"]
  }

  environment = {
    # Next.js listens on this address; some platforms put the name of the container there.
    HOSTNAME                  = "0.0.0.0"
    ALEX_KEYS_VERSION         = "${var.key_versions.caller} ${var.key_versions.page}"
    FRONTEND_PLANNER_URL      = "${module.api_gateway.url}/planner"
    FRONTEND_RESEARCHER_URL   = "${module.api_gateway.url}/researcher"
    FRONTEND_VECTOR_STORE_URL = "${module.api_gateway.url}/vector_store"
    FRONTEND_BROWSER_MCP_URL  = "${module.api_gateway.url}/browser/mcp"
  }
  depends_on = [aws_iam_role_policy.image_access]
}

locals {
  deployment = { name = var.name, iam_prefix = local.iam_prefix }

  behind_gateway = {
    embedder     = module.embedder
    vector_store = module.vector_store
    browser      = module.browser
    researcher   = module.researcher
    planner      = module.planner
  }
  running = merge(local.behind_gateway, { frontend = module.frontend })
}

# App Runner pulls the images with this role.
resource "aws_iam_role" "image_access" {
  name = "${local.iam_prefix}-image-access"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "build.apprunner.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "image_access" {
  name = "pull"
  role = aws_iam_role.image_access.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer",
        ]
        Resource = values(module.ecr.arns)
      },
      # The login to a registry has no ARN.
      { Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = "*" },
    ]
  })
}
