variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "domain" {
  description = "Public domain of the terminal."
  type        = string
  default     = "harbour.example"
}

variable "resolver_image" {
  type    = string
  default = "ami-0f1e2d3c4b5a69788"
}

locals {
  issuer = "https://login.${var.domain}/oauth2/default"

  tags = {
    owner = "platform"
    stage = "prod"
  }
}
