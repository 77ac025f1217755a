resource "aws_route53_zone" "main" {
  # expect: spof-dns-provider
  name = "corp.example"
}

resource "aws_route53_record" "login" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "login.corp.example"
  type    = "A"
  ttl     = 300
  records = ["203.0.113.10"]
}

resource "aws_route53_record" "ns" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "corp.example"
  type    = "NS"
  ttl     = 172800
  records = ["ns-412.awsdns-51.com.", "ns-1093.awsdns-08.org."]
}
