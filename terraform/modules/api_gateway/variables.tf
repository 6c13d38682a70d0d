variable "name" {
  description = "Prefix of names."
  type        = string
}

variable "upstreams" {
  description = "Address of each service behind the gateway, without a slash at the end; its name is the first part of the path."
  type        = map(string)

  validation {
    condition     = alltrue([for name in keys(var.upstreams) : !contains(["ping", "sping"], name)])
    error_message = "API Gateway keeps /ping and /sping for itself."
  }
}

variable "owner" {
  description = "Owner that the services see: a fixed name, or per-key for the id of the caller's API key."
  type        = string
}

variable "origin_key_arn" {
  description = "ARN of the secret with the key that the services accept."
  type        = string
}

variable "origin_key_id" {
  description = "Version id of that secret; empty: the current one when the stage was last changed."
  type        = string
}

variable "caller_key_arn" {
  description = "ARN of the secret with the first caller's API key."
  type        = string
}

variable "caller_key_id" {
  description = "Version id of that secret; empty: the current one when the key was made."
  type        = string
}

variable "requests_per_day" {
  description = "Requests that one API key may make in a day."
  type        = number
}

variable "requests_per_sec" {
  description = "Requests that one API key may make in a second, on average."
  type        = number
}

variable "timeout_ms" {
  description = "Longest answer in milliseconds; App Runner itself ends a request at 120 s."
  type        = number

  validation {
    condition     = var.timeout_ms > 29000 && var.timeout_ms <= 300000
    error_message = "A streamed answer may take 29001 to 300000 ms."
  }
}

variable "deployment_reason" {
  description = "What this deployment of the API is about; shown in the console."
  type        = string
}
