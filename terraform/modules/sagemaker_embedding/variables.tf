variable "name" {
  description = "Name of the endpoint."
  type        = string
}

variable "role_name" {
  description = "Name of the endpoint's role, unique in the account."
  type        = string
}

variable "partition" {
  description = "AWS partition."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "account" {
  description = "AWS account."
  type        = string
}

variable "image_tag" {
  description = "Tag of the Hugging Face inference image. The transformers 5 images bring a toolkit whose answers have not been seen."
  type        = string
  default     = "2.6.0-transformers4.51.3-cpu-py312-ubuntu22.04"

  validation {
    condition     = can(regex("-cpu-", var.image_tag))
    error_message = "Serverless SageMaker has no GPU; the image is a cpu image."
  }
}

variable "model_revision" {
  description = "Commit of sentence-transformers/all-MiniLM-L6-v2, so that every cold start loads the same model."
  type        = string
  default     = "c9745ed1d9f207416be6d2e6f8de32d1f16199bf"

  validation {
    condition     = can(regex("^[0-9a-f]{40}$", var.model_revision))
    error_message = "The revision is a full commit id."
  }
}

variable "memory_mb" {
  description = "Memory of the endpoint in MB."
  type        = number
}

variable "max_concurrency" {
  description = "Invocations at once."
  type        = number
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
}
