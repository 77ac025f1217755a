# The public zone of the corporation, and what stands in it.
terraform {
  required_version = ">= 1.5"
}

provider "aws" {
  region = "eu-west-1"
}

variable "env" {
  type = string
}

locals {
  zone = "corp.example"
  ttl  = 5 * 60
}

resource "aws_route53_zone" "main" {
  name = local.zone
}

resource "aws_route53_record" "login" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "login"
  type    = "A"
  ttl     = local.ttl
  records = [
    "192.0.2.10",
    aws_eip.login.public_ip,
  ]
}

resource "aws_route53_record" "auth" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "auth.${var.env}"
  type    = "CNAME"
  ttl     = 60
  records = ["corp.okta.com."]
}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.${local.zone}"
  type    = "A"
  alias {
    name                   = aws_lb.edge.dns_name
    zone_id                = aws_lb.edge.zone_id
    evaluate_target_health = true
  }
  failover_routing_policy {
    type = "PRIMARY"
  }
  set_identifier = "first"
}

resource "aws_route53_record" "child" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "apps.corp.example"
  type    = "NS"
  ttl     = 86400
  records = ["ns1.dns.example.", "ns2.dns.example."]
}

resource "aws_eip" "login" {
  domain = "vpc"
}

resource "aws_lb" "edge" {
  name               = "edge"
  load_balancer_type = "application"
}
