resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.20.2.0/24"
  availability_zone = "eu-central-1b"
}

resource "aws_instance" "resolver_a" {
  subnet_id  = aws_subnet.a.id
  private_ip = "10.20.1.53"
}

resource "aws_instance" "resolver_b" {
  subnet_id  = aws_subnet.b.id
  private_ip = "10.20.2.53"
}

resource "aws_vpc_dhcp_options" "main" {
  domain_name_servers = [aws_instance.resolver_a.private_ip, aws_instance.resolver_b.private_ip]
}

resource "aws_vpc_dhcp_options_association" "main" {
  vpc_id          = aws_vpc.main.id
  dhcp_options_id = aws_vpc_dhcp_options.main.id
}

resource "aws_lambda_function" "login" {
  function_name = "login"
  timeout       = 30
  role          = "arn:aws:iam::111122223333:role/login"

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = []
  }

  environment {
    variables = {
      OIDC_ISSUER_URL = "https://corp.okta.com/oauth2/default"
    }
  }
}
