resource "aws_instance" "unbound_a" {
  ami           = var.resolver_image
  instance_type = "t3.small"
  subnet_id     = aws_subnet.private_a.id
  private_ip    = "10.20.1.53"
  tags          = merge(local.tags, { Name = "unbound-a" })
}

# Was meant to go to private_b; that subnet was full on the day.
resource "aws_instance" "unbound_b" {
  ami           = var.resolver_image
  instance_type = "t3.small"
  subnet_id     = aws_subnet.private_a.id
  private_ip    = "10.20.1.54"
  tags          = merge(local.tags, { Name = "unbound-b" })
}

resource "aws_instance" "unbound_c" {
  ami           = var.resolver_image
  instance_type = "t3.small"
  subnet_id     = aws_subnet.edge_a.id
  private_ip    = "10.21.1.53"
  tags          = merge(local.tags, { Name = "unbound-c" })
}

resource "aws_instance" "unbound_d" {
  ami           = var.resolver_image
  instance_type = "t3.small"
  subnet_id     = aws_subnet.edge_b.id
  private_ip    = "10.21.2.53"
  tags          = merge(local.tags, { Name = "unbound-d" })
}

resource "aws_security_group" "resolvers" {
  name   = "resolvers"
  vpc_id = aws_vpc.prod.id

  dynamic "ingress" {
    for_each = toset(["udp", "tcp"])
    content {
      protocol    = ingress.value
      from_port   = 53
      to_port     = 53
      cidr_blocks = ["10.20.0.0/16", "10.30.0.0/16"]
    }
  }
}
