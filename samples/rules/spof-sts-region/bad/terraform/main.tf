provider "aws" {
  region = "eu-central-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_vpc_dhcp_options" "main" {
  domain_name_servers = ["10.20.1.53", "10.20.2.53"]
}

resource "aws_vpc_dhcp_options_association" "main" {
  vpc_id          = aws_vpc.main.id
  dhcp_options_id = aws_vpc_dhcp_options.main.id
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_lambda_function" "login" {
  function_name = "login"
  role          = "arn:aws:iam::111122223333:role/login"

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = []
  }

  environment {
    variables = {
      # expect: spof-sts-region
      AWS_ENDPOINT_URL_STS = "https://sts.us-east-1.amazonaws.com"
    }
  }
}
