variable "name" {
  description = "Prefix of the secrets."
  type        = string
}

variable "secrets" {
  description = "Name and description of each secret. Values are put in by alex deploy, never by Terraform."
  type        = map(string)

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[a-z][a-z-]*[a-z]$", name))])
    error_message = "Names of secrets are lower-case letters and hyphens."
  }
}
