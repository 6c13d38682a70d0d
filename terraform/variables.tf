variable "region" {
  description = "AWS region of the whole platform. App Runner exists in eleven regions; the other services exist in all of them."
  type        = string

  validation {
    condition = contains([
      "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "eu-central-1", "eu-west-1", "eu-west-2",
      "eu-west-3", "us-east-1", "us-east-2", "us-west-2",
    ], var.region)
    error_message = "App Runner does not exist in this region. Choose ap-northeast-1, ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, eu-west-2, eu-west-3, us-east-1, us-east-2 or us-west-2."
  }
}

variable "name" {
  description = "Name of this deployment; every name in the account begins with it, so that several deployments fit in one account."
  type        = string
  default     = "alex"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,14}[a-z0-9]$", var.name))
    error_message = "The name has 2 to 16 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen."
  }
}

variable "image_tag" {
  description = "Tag of the images to run, unique for each deployment: the commit and the time, as in 1a2b3c4d5e6f-20261128t101500."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{7,40}-[0-9]{8}t[0-9]{6}$", var.image_tag))
    error_message = "The image tag is a commit and a time, as in 1a2b3c4d5e6f-20261128t101500. A tag that is used twice, such as latest, would deploy nothing new."
  }
}

variable "database" {
  description = "Where runs and portfolios are kept: dsql makes two Aurora DSQL clusters; url reads PostgreSQL addresses from the secrets NAME/planner-database-url and NAME/researcher-database-url."
  type        = string
  default     = "dsql"

  validation {
    condition     = contains(["dsql", "url"], var.database)
    error_message = "The database is dsql or url."
  }
}

variable "model" {
  description = "The language model of the agents, as ALEX_MODEL; empty: the default of the services."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9._:/-]{0,100}$", var.model))
    error_message = "The model is a name of at most 100 letters, digits and ._:/- characters."
  }
}

variable "model_key" {
  description = "Whether the secret NAME/model-key holds an OPENAI_API_KEY. Without one the agents use the built-in model."
  type        = bool
  default     = false
}

variable "model_base_url" {
  description = "Address of an OpenAI-compatible server, as OPENAI_BASE_URL; empty: OpenAI."
  type        = string
  default     = ""

  validation {
    condition     = var.model_base_url == "" || can(regex("^https://[^ ]{1,500}$", var.model_base_url))
    error_message = "The address of the model server begins with https://."
  }
}

variable "model_prices" {
  description = "What models cost, as ALEX_MODEL_PRICES: JSON by the name of the model, in US dollars; empty: not known, and said so."
  type        = string
  default     = ""

  validation {
    condition     = var.model_prices == "" || can(keys(jsondecode(var.model_prices)))
    error_message = "The prices are a JSON object, one entry for each model."
  }
}

variable "sec_user_agent" {
  description = "Your name and e-mail address, as ALEX_SEC_USER_AGENT: the SEC asks it of everybody who reads filings. Empty: filings are not read."
  type        = string
  default     = ""

  validation {
    condition     = var.sec_user_agent == "" || can(regex("^[^@\\n]{1,100}@[^@ \\n]{1,100}$", var.sec_user_agent))
    error_message = "The SEC wants a name and an e-mail address, such as: Ann Example ann@example.com."
  }
}

variable "owner" {
  description = "Whose data the callers of the gateway see, as x-alex-owner; per-key makes the holder of each API key an owner of their own."
  type        = string
  default     = "local"

  validation {
    condition     = can(regex("^[A-Za-z0-9._@-]{1,64}$", var.owner))
    error_message = "The owner has 1 to 64 letters, digits and ._@- characters."
  }
}

variable "key_versions" {
  description = "Version ids of the secrets origin-key, accepted-keys, caller-key and page-password. A new id makes whatever uses the secret read it again."
  type = object({
    origin   = optional(string, "")
    accepted = optional(string, "")
    caller   = optional(string, "")
    page     = optional(string, "")
  })
  default = {}

  validation {
    condition     = alltrue([for id in values(var.key_versions) : can(regex("^([A-Za-z0-9-]{32,64})?$", id))])
    error_message = "A version id has 32 to 64 letters, digits and hyphens, or is empty for the current version."
  }
}

variable "memory_mb" {
  description = "Memory of each App Runner service in MB; the idle bill is memory alone. 512 and 1024 fit 256 CPU units, 2048 and more need 1024."
  type        = map(number)
  default     = { browser = 2048 }

  validation {
    condition     = alltrue([for mb in values(var.memory_mb) : contains([512, 1024, 2048, 3072, 4096], mb)])
    error_message = "App Runner has 512, 1024, 2048, 3072 and 4096 MB."
  }
}

variable "max_instances" {
  description = "Most instances of one App Runner service under load."
  type        = number
  default     = 2

  validation {
    condition     = var.max_instances >= 1 && var.max_instances <= 25 && floor(var.max_instances) == var.max_instances
    error_message = "App Runner runs 1 to 25 instances of a service."
  }
}

variable "embedding_memory_mb" {
  description = "Memory of the serverless SageMaker endpoint in MB; its CPU grows with it."
  type        = number
  default     = 2048

  validation {
    condition     = contains([1024, 2048, 3072, 4096, 5120, 6144], var.embedding_memory_mb)
    error_message = "Serverless SageMaker has 1024, 2048, 3072, 4096, 5120 and 6144 MB."
  }
}

variable "embedding_concurrency" {
  description = "Invocations of the endpoint at once; new accounts are often allowed 5 to 10 in all."
  type        = number
  default     = 4

  validation {
    condition     = var.embedding_concurrency >= 1 && var.embedding_concurrency <= 200
    error_message = "Serverless SageMaker takes 1 to 200 invocations at once."
  }
}

variable "requests_per_day" {
  description = "Requests that one API key may make in a day."
  type        = number
  default     = 10000

  validation {
    condition     = var.requests_per_day >= 1 && var.requests_per_day <= 1000000
    error_message = "A key may make 1 to 1000000 requests in a day."
  }
}

variable "research_schedule" {
  description = "When followed topics are researched, as an EventBridge expression such as rate(1 day) or cron(0 6 * * ? *); empty: never by itself."
  type        = string
  default     = "rate(1 day)"

  validation {
    condition     = can(regex("^(|rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)|cron\\([^()]+\\))$", var.research_schedule))
    error_message = "The schedule is rate(1 day), cron(0 6 * * ? *) or empty."
  }
}

variable "run_schedule" {
  description = "When runs whose client has left are gone on with, as an EventBridge expression such as rate(1 hour); empty: never by itself."
  type        = string
  default     = "rate(1 hour)"

  validation {
    condition     = can(regex("^(|rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)|cron\\([^()]+\\))$", var.run_schedule))
    error_message = "The schedule is rate(1 hour), cron(0 * * * ? *) or empty."
  }
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "CloudWatch keeps logs 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365 days."
  }
}

variable "budget_usd" {
  description = "Monthly cost of the account in US dollars at which the alarm is sent."
  type        = number
  default     = 50

  validation {
    condition     = var.budget_usd > 0
    error_message = "The budget is more than 0 US dollars."
  }
}

variable "alert_email" {
  description = "Who is told when the cost reaches 80 % of the budget, or is forecast to pass it; empty: nobody."
  type        = string
  default     = ""

  validation {
    condition     = var.alert_email == "" || can(regex("^[^@ ]+@[^@ ]+[.][^@ ]+$", var.alert_email))
    error_message = "The alarm needs an e-mail address such as me@example.com."
  }
}
