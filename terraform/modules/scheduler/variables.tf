variable "name" {
  description = "Prefix of names."
  type        = string
}

variable "iam_prefix" {
  description = "Prefix of IAM names, which are unique in the whole account."
  type        = string
}

variable "schedule" {
  description = "EventBridge expression, such as rate(1 day)."
  type        = string
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
