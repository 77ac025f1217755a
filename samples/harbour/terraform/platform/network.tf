resource "aws_vpc" "prod" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = merge(local.tags, { Name = "prod" })
}

resource "aws_subnet" "private_a" {
  vpc_id            = aws_vpc.prod.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "${var.region}a"
}

resource "aws_subnet" "private_b" {
  vpc_id            = aws_vpc.prod.id
  cidr_block        = "10.20.2.0/24"
  availability_zone = "${var.region}b"
}

# Clients in VPC prod ask the two unbound instances, not the resolver of the VPC, because only these know the corporate zones.
resource "aws_vpc_dhcp_options" "prod" {
  domain_name         = "corp.${var.domain}"
  domain_name_servers = [aws_instance.unbound_a.private_ip, aws_instance.unbound_b.private_ip]
}

resource "aws_vpc_dhcp_options_association" "prod" {
  vpc_id          = aws_vpc.prod.id
  dhcp_options_id = aws_vpc_dhcp_options.prod.id
}

resource "aws_vpc" "edge" {
  cidr_block           = "10.21.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = merge(local.tags, { Name = "edge" })
}

resource "aws_subnet" "edge_a" {
  vpc_id            = aws_vpc.edge.id
  cidr_block        = "10.21.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "edge_b" {
  vpc_id            = aws_vpc.edge.id
  cidr_block        = "10.21.2.0/24"
  availability_zone = "eu-central-1b"
}

resource "aws_vpc_dhcp_options" "edge" {
  domain_name_servers = [aws_instance.unbound_c.private_ip, aws_instance.unbound_d.private_ip]
}

resource "aws_vpc_dhcp_options_association" "edge" {
  vpc_id          = aws_vpc.edge.id
  dhcp_options_id = aws_vpc_dhcp_options.edge.id
}
