resource "aws_route53_zone" "main" {
  name = "corp.example"
}

# Held here, as the plan knows.
resource "aws_route53_record" "vpn" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "vpn.corp.example"
  type    = "A"
  ttl     = 300
  records = ["203.0.113.7"]
}

# A partner's, in a block of which nothing is held here.
resource "aws_route53_record" "partner" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "partner.corp.example"
  type    = "A"
  ttl     = 300
  records = ["198.51.100.9"]
}

# Inside: nobody else can get it.
resource "aws_route53_record" "internal" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "internal.corp.example"
  type    = "A"
  ttl     = 300
  records = ["10.0.0.9"]
}

# Follows the address, whatever it is.
resource "aws_route53_record" "edge" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "edge.corp.example"
  type    = "A"
  ttl     = 300
  records = [aws_eip.edge.public_ip]
}

resource "aws_eip" "edge" {
}
