variable "bucket_name" {
  description = "Name of the vector bucket, unique in the account and region."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "A vector bucket has 3 to 63 lower-case letters, digits and hyphens."
  }
}

variable "index_name" {
  description = "Name of the index."
  type        = string
  default     = "documents"
}

variable "non_filterable_keys" {
  description = "Metadata that cannot be filtered by, and so is free of the 2 KB limit. Fixed when the index is created."
  type        = list(string)
  default = [
    "chunks", "content_hash", "end", "receipt", "section", "start", "starts", "text", "title", "total_chars",
  ]

  validation {
    condition     = length(var.non_filterable_keys) <= 10
    error_message = "An index has at most 10 non-filterable keys."
  }
}
