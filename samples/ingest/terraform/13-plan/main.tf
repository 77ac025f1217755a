variable "domain" {}

variable "hosts" {}

resource "aws_route53_zone" "main" {
  name = var.domain
}

resource "aws_route53_record" "host" {
  for_each = var.hosts
  zone_id  = aws_route53_zone.main.zone_id
  name     = each.key
  type     = "A"
  ttl      = 60
  records  = [each.value]
}

module "edge" {
  source  = "corp/edge/aws"
  zone_id = aws_route53_zone.main.zone_id
}
