# Written in Virginia and moved here; the endpoint came along.
resource "aws_lambda_function" "tariff_sync" {
  function_name = "tariff-sync"
  role          = aws_iam_role.function.arn
  runtime       = "python3.12"
  handler       = "tariffs.handle"
  filename      = "tariffs.zip"
  timeout       = 60

  vpc_config {
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_group_ids = [aws_security_group.resolvers.id]
  }

  environment {
    variables = {
      AWS_ENDPOINT_URL_STS = "https://sts.us-east-1.amazonaws.com"
    }
  }
}
