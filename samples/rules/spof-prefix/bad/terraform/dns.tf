resource "aws_subnet" "a" {
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.4.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "also_a" {
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.4.2.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_instance" "ns1" {
  subnet_id  = aws_subnet.a.id
  private_ip = "10.4.1.53"
}

resource "aws_instance" "ns2" {
  subnet_id  = aws_subnet.also_a.id
  private_ip = "10.4.2.53"
}
