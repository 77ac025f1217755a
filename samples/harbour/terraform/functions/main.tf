data "terraform_remote_state" "platform" {
  backend = "s3"

  config = {
    bucket = "hft-terraform-state"
    key    = "platform.tfstate"
    region = "eu-central-1"
  }
}

variable "stage" {
  type = string
}

resource "aws_lambda_function" "crew_list" {
  function_name = "crew-list-${var.stage}"
  role          = "arn:aws:iam::111122223333:role/hft-function"
  runtime       = "python3.12"
  handler       = "crew.handle"
  filename      = "crew.zip"

  vpc_config {
    subnet_ids         = data.terraform_remote_state.platform.outputs.subnets
    security_group_ids = []
  }

  environment {
    variables = {
      OIDC_ISSUER_URL = "https://login.${var.stage}.harbour.example/oauth2/default"
      SENTRY_DSN      = "https://sentry.internal.harbour.example/4"
    }
  }
}
