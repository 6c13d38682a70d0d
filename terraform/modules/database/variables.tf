variable "name" {
  description = "Prefix of names."
  type        = string
}

variable "kind" {
  description = "dsql: an Aurora DSQL cluster for each service; url: the addresses are in secrets."
  type        = string

  validation {
    condition     = contains(["dsql", "url"], var.kind)
    error_message = "The kind is dsql or url."
  }
}

variable "services" {
  description = "Services that keep rows."
  type        = list(string)
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "secret_arns" {
  description = "ARNs of the secrets by name; used when the kind is url."
  type        = map(string)
}
