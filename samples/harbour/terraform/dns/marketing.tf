# Campaign pages. The agency ran these; ask marketing whether they are still needed.

resource "aws_route53_record" "promo" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "promo.${var.domain}"
  type    = "CNAME"
  ttl     = 3600
  records = ["hft-promo-2024.azurewebsites.net"]
}

resource "aws_route53_record" "careers" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "careers.${var.domain}"
  type    = "CNAME"
  ttl     = 3600
  records = ["triangular-heron-k2wq8dzxv1m.herokudns.com"]
}

resource "aws_route53_record" "openday" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "openday.${var.domain}"
  type    = "CNAME"
  ttl     = 3600
  records = ["openday.harbour.example.s3-website.eu-central-1.amazonaws.com"]
}
