variable "service" {
  description = "Which service this is."
  type        = string
}

variable "deployment" {
  description = "Prefix of names, and prefix of IAM names, which are unique in the whole account."
  type        = object({ name = string, iam_prefix = string })

  validation {
    condition     = length(var.deployment.name) <= 16
    error_message = "The name of an App Runner service has at most 40 characters, of which the deployment has 16."
  }
}

variable "image" {
  description = "Image to run, with a tag that no other deployment has."
  type        = string

  validation {
    condition     = can(regex(":[0-9a-f]{7,40}-[0-9]{8}t[0-9]{6}$", var.image))
    error_message = "The image needs a tag of a commit and a time."
  }
}

variable "port" {
  description = "Port that the service listens on."
  type        = number
}

variable "memory_mb" {
  description = "Memory in MB; CPU follows from it."
  type        = number

  validation {
    condition     = contains([512, 1024, 2048, 3072, 4096], var.memory_mb)
    error_message = "App Runner has 512, 1024, 2048, 3072 and 4096 MB."
  }
}

variable "scaling_arn" {
  description = "ARN of the scaling configuration."
  type        = string
}

variable "ecr_role_arn" {
  description = "ARN of the role that pulls the image."
  type        = string
}

variable "environment" {
  description = "Environment variables, none of them secret."
  type        = map(string)
}

variable "secrets" {
  description = "Environment variables that App Runner reads from these secrets at each deployment."
  type        = map(string)
}

variable "statements" {
  description = "What the service may do in the account, beyond reading its secrets."
  type        = list(object({ Effect = string, Action = list(string), Resource = list(string) }))
}
