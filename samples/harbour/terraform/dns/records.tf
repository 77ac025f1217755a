locals {
  plain = {
    mail   = "203.0.113.25"
    vpn    = "203.0.113.30"
    berths = "203.0.113.31"
  }
}

resource "aws_route53_record" "plain" {
  for_each = local.plain

  zone_id = aws_route53_zone.public.zone_id
  name    = "${each.key}.${var.domain}"
  type    = "A"
  ttl     = 300
  records = [each.value]
}

# Staff and machines sign in here: the custom domain of our Okta organisation.
resource "aws_route53_record" "login" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "login.${var.domain}"
  type    = "CNAME"
  ttl     = 300
  records = ["harbour.customdomains.okta.com."]
}

resource "aws_lb" "www" {
  name               = "hft-www"
  load_balancer_type = "application"
  internal           = false
}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "www.${var.domain}"
  type    = "A"

  alias {
    name                   = aws_lb.www.dns_name
    zone_id                = aws_lb.www.zone_id
    evaluate_target_health = true
  }
}

resource "aws_s3_bucket" "tides" {
  bucket = "tides.harbour.example"
}

resource "aws_s3_bucket_website_configuration" "tides" {
  bucket = aws_s3_bucket.tides.id

  index_document {
    suffix = "index.html"
  }
}

resource "aws_route53_record" "tides" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "tides.${var.domain}"
  type    = "CNAME"
  ttl     = 300
  records = ["tides.harbour.example.s3-website.eu-central-1.amazonaws.com"]
}

resource "aws_route53_record" "portal" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "portal.${var.domain}"
  type    = "CNAME"
  ttl     = 300
  records = ["hft-portal.azurewebsites.net"]
}
