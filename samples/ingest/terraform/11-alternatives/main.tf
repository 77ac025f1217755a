variable "stage" {
  type = string

  validation {
    condition     = contains(["dev", "prod"], var.stage)
    error_message = "dev or prod"
  }
}

variable "domain" {}

variable "public" {
  type = bool
}

locals {
  prefix = {
    dev  = "login.dev"
    prod = "login"
  }
}

resource "aws_route53_zone" "main" {
  name = var.domain
}

resource "aws_lb" "edge" {
  count = var.public ? 1 : 0
  name  = "edge"
}

resource "aws_route53_record" "login" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "${local.prefix[var.stage]}.${var.domain}"
  type    = "CNAME"
  ttl     = 60
  records = [try(aws_lb.edge[0].dns_name, "origin.corp.example")]
}

resource "aws_route53_record" "status" {
  for_each = var.public ? toset(["status", "www"]) : toset(["status"])
  zone_id  = aws_route53_zone.main.zone_id
  name     = each.key
  type     = "A"
  ttl      = 60
  records  = var.stage == "prod" ? ["192.0.2.1", "192.0.2.2"] : ["192.0.2.9"]
}
