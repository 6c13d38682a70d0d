variable "name" {
  description = "Prefix of the repositories."
  type        = string
}

variable "repositories" {
  description = "One repository for each of these services."
  type        = list(string)

  validation {
    condition     = length(var.repositories) > 0
    error_message = "At least one repository is needed."
  }
}

variable "kept_images" {
  description = "Images kept in each repository; older ones are removed."
  type        = number
  default     = 5

  validation {
    condition     = var.kept_images >= 2
    error_message = "At least two images are kept, so that a failed deployment can go back."
  }
}
