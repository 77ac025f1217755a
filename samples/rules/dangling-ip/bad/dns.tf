resource "aws_route53_zone" "main" {
  name = "corp.example"
}

resource "aws_route53_record" "vpn" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "vpn.corp.example"
  type    = "A"
  ttl     = 300
  # expect: dangling-ip
  records = ["203.0.113.44"]
}

resource "aws_route53_record" "old" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "old.corp.example"
  type    = "A"
  ttl     = 300
  # expect: dangling-ip
  records = ["203.0.250.9"]
}

resource "aws_eip" "edge" {
}
