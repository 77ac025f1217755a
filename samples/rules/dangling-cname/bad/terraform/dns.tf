resource "aws_route53_zone" "main" {
  name = "shop.example"
}

resource "aws_route53_record" "careers" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "careers.shop.example"
  type    = "CNAME"
  ttl     = 300
  # expect: dangling-cname
  records = ["triangular-heron-k2wq8dzxv1m.herokudns.com"]
}
