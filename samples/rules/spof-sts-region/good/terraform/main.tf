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

# its own region: what takes the token service down takes the function down
resource "aws_lambda_function" "login" {
  function_name = "login"
  timeout       = 30
  role          = "arn:aws:iam::111122223333:role/login"

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = []
  }

  environment {
    variables = {
      AWS_ENDPOINT_URL_STS = "https://sts.eu-central-1.amazonaws.com"
    }
  }
}

# either of two regions
resource "aws_lambda_function" "refund" {
  function_name = "refund"
  timeout       = 30
  role          = "arn:aws:iam::111122223333:role/refund"

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = []
  }

  environment {
    variables = {
      AWS_ENDPOINT_URL_STS = "https://sts.us-east-1.amazonaws.com,https://sts.eu-west-1.amazonaws.com"
    }
  }
}

# enabled by default: the global endpoint is answered in this region too
resource "aws_lambda_function" "report" {
  function_name = "report"
  timeout       = 30
  role          = "arn:aws:iam::111122223333:role/report"

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = []
  }

  environment {
    variables = {
      AWS_ENDPOINT_URL_STS = "https://sts.amazonaws.com"
    }
  }
}
