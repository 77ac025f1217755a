# Two networks: one asks its own servers, the other what Amazon provides, with one forwarding rule.
resource "aws_vpc" "office" {
  cidr_block = "10.9.0.0/16"
}

resource "aws_vpc_dhcp_options" "office" {
  domain_name         = "corp.example"
  domain_name_servers = ["10.9.1.53", "10.9.2.53"]
}

resource "aws_vpc_dhcp_options_association" "office" {
  vpc_id          = aws_vpc.office.id
  dhcp_options_id = aws_vpc_dhcp_options.office.id
}

resource "aws_vpc" "apps" {
  cidr_block         = "10.20.0.0/16"
  enable_dns_support = true
}

resource "aws_subnet" "apps_a" {
  vpc_id            = aws_vpc.apps.id
  cidr_block        = cidrsubnet(aws_vpc.apps.cidr_block, 8, 1)
  availability_zone = "eu-west-1a"
}

resource "aws_route53_zone" "inside" {
  name = "corp.example"
  vpc {
    vpc_id = aws_vpc.apps.id
  }
}

resource "aws_route53_zone_association" "office" {
  zone_id = aws_route53_zone.inside.zone_id
  vpc_id  = aws_vpc.office.id
}

resource "aws_route53_record" "vault" {
  zone_id = aws_route53_zone.inside.zone_id
  name    = "vault"
  type    = "A"
  ttl     = 300
  records = [cidrhost(aws_subnet.apps_a.cidr_block, 40)]
}

resource "aws_instance" "vault" {
  subnet_id  = aws_subnet.apps_a.id
  private_ip = "10.20.1.40"
}

resource "aws_route53_resolver_endpoint" "out" {
  direction = "OUTBOUND"
  ip_address {
    subnet_id = aws_subnet.apps_a.id
  }
}

resource "aws_route53_resolver_rule" "directory" {
  domain_name          = "ad.corp.example"
  rule_type            = "FORWARD"
  resolver_endpoint_id = aws_route53_resolver_endpoint.out.id
  target_ip {
    ip = "10.9.1.53"
  }
  target_ip {
    ip = "10.9.2.53"
  }
}

resource "aws_route53_resolver_rule_association" "directory" {
  resolver_rule_id = aws_route53_resolver_rule.directory.id
  vpc_id           = aws_vpc.apps.id
}
