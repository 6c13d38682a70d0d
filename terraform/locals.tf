data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account    = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  arn_prefix = "arn:${local.partition}"

  # IAM names are unique in the whole account, not in a region.
  iam_prefix = "${var.name}-${var.region}"

  ports = { embedder = 8001, researcher = 8002, planner = 8003, vector_store = 8011, browser = 8012, frontend = 3000 }

  # What every service gets. Logs go to standard error; App Runner keeps them.
  environment = {
    ALEX_HOST          = "0.0.0.0"
    ALEX_KEYS_VERSION  = var.key_versions.accepted
    AWS_REGION         = var.region
    AWS_DEFAULT_REGION = var.region
  }
  keys = { ALEX_API_KEYS = module.secrets.arns["accepted-keys"] }

  model_environment = merge(
    var.model == "" ? {} : { ALEX_MODEL = var.model },
    var.model_base_url == "" ? {} : { OPENAI_BASE_URL = var.model_base_url },
    var.model_prices == "" ? {} : { ALEX_MODEL_PRICES = var.model_prices },
  )
  sec_environment = var.sec_user_agent == "" ? {} : { ALEX_SEC_USER_AGENT = var.sec_user_agent }
  model_secrets   = var.model_key ? { OPENAI_API_KEY = module.secrets.arns["model-key"] } : {}

  index_arn    = module.s3_vectors.index_arn
  endpoint_arn = "${local.arn_prefix}:sagemaker:${var.region}:${local.account}:endpoint/${module.sagemaker_embedding.endpoint_name}"

  statements = {
    embedder     = [{ Effect = "Allow", Action = ["sagemaker:InvokeEndpoint"], Resource = [local.endpoint_arn] }]
    browser      = []
    frontend     = []
    researcher   = module.database.statements["researcher"]
    planner      = module.database.statements["planner"]
    vector_store = module.s3_vectors.statements
  }
}
