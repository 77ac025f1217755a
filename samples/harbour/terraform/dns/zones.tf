variable "domain" {
  type    = string
  default = "harbour.example"
}

resource "aws_route53_zone" "public" {
  name    = var.domain
  comment = "public zone of the terminal"
}

resource "aws_route53_zone" "internal" {
  name = "internal.${var.domain}"

  vpc {
    vpc_id = "vpc-0a1b2c3d4e5f60718"
  }
}

resource "aws_route53_record" "ns" {
  zone_id         = aws_route53_zone.public.zone_id
  name            = var.domain
  type            = "NS"
  ttl             = 172800
  allow_overwrite = true

  records = [
    "ns-412.awsdns-51.com.",
    "ns-1093.awsdns-08.org.",
    "ns-1777.awsdns-30.co.uk.",
    "ns-682.awsdns-21.net.",
  ]
}

# ops is served by the operations team themselves.
resource "aws_route53_record" "ops_delegation" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "ops.${var.domain}"
  type    = "NS"
  ttl     = 3600
  records = ["ns1.ops.harbour.example.", "ns2.ops.harbour.example."]
}

resource "aws_route53_record" "ops_glue" {
  for_each = toset(["ns1", "ns2"])

  zone_id = aws_route53_zone.public.zone_id
  name    = "${each.key}.ops.${var.domain}"
  type    = "A"
  ttl     = 3600
  records = ["203.0.113.20"]
}
