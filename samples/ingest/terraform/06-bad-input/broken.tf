# Every statement below has something wrong with it; what is right is still read.
resource "aws_route53_zone" "main" {
  name = "corp.example"
  name = "other.example"
}

resource "aws_route53_record" "open" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "open
  type    = "A"
  records = ["192.0.2.1"]
}

resource "aws_route53_record" "list" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "list"
  type    = "A"
  records = ["192.0.2.2" "192.0.2.3"]
}

locals {
  a = local.b
  b = local.a
}

resource "aws_route53_record" "circle" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "circle.${local.a}.corp.example"
  type    = "A"
  records = [bcrypt("x"), "192.0.2.4"]
}

resource "aws_route53_record" "last" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "last"
  type    = "A"
  records = ["192.0.2.5"]

resource "aws_route53_record" "after" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "after"
  type    = "A"
  records = ["192.0.2.6"]
}
