resource "aws_iam_role" "function" {
  name = "hft-function"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

# Opens the gate when the driver's appointment is valid.
resource "aws_lambda_function" "gate_events" {
  function_name = "gate-events"
  role          = aws_iam_role.function.arn
  runtime       = "python3.12"
  handler       = "gate.handle"
  filename      = "gate.zip"
  timeout       = 3

  vpc_config {
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_group_ids = [aws_security_group.resolvers.id]
  }

  environment {
    variables = {
      OIDC_ISSUER_URL = local.issuer
      VAULT_ADDR      = "https://vault.corp.${var.domain}:8200"
      LOG_LEVEL       = "info"
    }
  }
}

resource "aws_lambda_function" "invoice_export" {
  function_name = "invoice-export"
  role          = aws_iam_role.function.arn
  runtime       = "nodejs20.x"
  handler       = "index.handler"
  filename      = "invoice.zip"
  timeout       = 30

  vpc_config {
    subnet_ids         = [aws_subnet.private_b.id]
    security_group_ids = [aws_security_group.resolvers.id]
  }

  environment {
    variables = {
      OIDC_ISSUER_URL = local.issuer
    }
  }
}

# Shipping lines track their containers here; their accounts live at auth.hft-id.example.
resource "aws_lambda_function" "track_and_trace" {
  function_name = "track-and-trace"
  role          = aws_iam_role.function.arn
  runtime       = "python3.12"
  handler       = "track.handle"
  filename      = "track.zip"
  timeout       = 10

  vpc_config {
    subnet_ids         = [aws_subnet.edge_a.id, aws_subnet.edge_b.id]
    security_group_ids = []
  }

  environment {
    variables = {
      OIDC_ISSUER_URL = "https://auth.hft-id.example"
    }
  }
}
