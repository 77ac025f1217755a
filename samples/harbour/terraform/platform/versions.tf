terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.40"
    }
  }

  backend "s3" {
    bucket = "hft-terraform-state"
    key    = "platform.tfstate"
    region = "eu-central-1"
  }
}

provider "aws" {
  region = var.region
}
