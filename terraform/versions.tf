terraform {
  required_version = ">= 1.11"

  # alex deploy says where; a file of one's own, backend_override.tf, can put the state into S3.
  backend "local" {}

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.69"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      project = "alex"
      stack   = var.name
    }
  }
}
