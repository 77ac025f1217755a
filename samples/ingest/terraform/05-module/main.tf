module "blue" {
  source = "./site"
  name   = "blue"
  zone   = aws_route53_zone.main.zone_id
}

module "green" {
  source = "./site"
  name   = "green"
  zone   = aws_route53_zone.main.zone_id
}

module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.0.0"
}

resource "aws_route53_zone" "main" {
  name = "corp.example"
}

resource "aws_route53_record" "live" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "live"
  type    = "CNAME"
  ttl     = 60
  records = [module.blue.host]
}

resource "aws_route53_record" "nat" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "nat"
  type    = "A"
  ttl     = 60
  records = [module.network.nat_ip]
}
