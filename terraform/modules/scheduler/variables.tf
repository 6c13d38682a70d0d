variable "name" {
  description = "Prefix of names."
  type        = string
}

variable "iam_prefix" {
  description = "Prefix of IAM names, which are unique in the whole account."
  type        = string
}

variable "partition" {
  description = "Partition of ARNs, such as aws."
  type        = string
}

variable "agents" {
  description = "Services whose runs are driven."
  type        = list(string)
}

variable "schedules" {
  description = "EventBridge expressions, such as rate(1 day), of research and runs; empty: never by itself."
  type        = object({ research = string, runs = string })
}

variable "gateway_url" {
  description = "Address of the gateway's stage."
  type        = string
}

variable "caller_key_arn" {
  description = "ARN of the secret with the API key to call with."
  type        = string
}

variable "caller_key_id" {
  description = "Version id of that secret; empty: the current one when the connection was last changed."
  type        = string
}
