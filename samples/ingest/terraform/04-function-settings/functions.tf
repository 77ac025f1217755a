provider "aws" {
  region = "eu-west-1"
}

provider "vault" {
  address = "https://vault.corp.example:8200"
}

variable "issuer" {
  default = "https://corp.okta.com/oauth2/default"
}

locals {
  common = {
    VAULT_ADDR = "https://vault.corp.example:8200"
  }
}

resource "aws_subnet" "a" {
  vpc_id            = var.vpc
  availability_zone = "eu-west-1a"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = []
  }
  environment {
    variables = merge(local.common, {
      LOGIN_ISSUER_URL = var.issuer
      STS              = "https://sts.eu-west-1.amazonaws.com"
      LOG_LEVEL        = "info"
    })
  }
}

resource "aws_lambda_function" "receipts" {
  function_name = "receipts"
  timeout       = var.patience
  environment {
    variables = local.common
  }
}

variable "patience" {
  default = 15
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name  = "web"
    image = var.image
    environment = [
      { name = "VAULT_ADDR", value = "https://vault.corp.example" },
    ]
  }])
}

resource "aws_ecs_service" "web" {
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 3
  network_configuration {
    subnets = aws_subnet.a[*].id
  }
}

resource "aws_iam_openid_connect_provider" "ci" {
  url = "https://token.actions.githubusercontent.com"
}

resource "aws_cognito_user_pool" "users" {
  name = "users"
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  name            = "jwt"
  authorizer_type = "JWT"
  jwt_configuration {
    audience = ["orders"]
    issuer   = "https://${aws_cognito_user_pool.users.endpoint}"
  }
}

variable "vpc" {}
variable "image" {}
