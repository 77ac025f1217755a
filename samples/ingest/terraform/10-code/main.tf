data "archive_file" "sign" {
  type        = "zip"
  source_dir  = "${path.module}/lambda"
  output_path = "${path.module}/sign.zip"
}

resource "aws_lambda_function" "sign" {
  function_name = "sign"
  filename      = data.archive_file.sign.output_path
  handler       = "index.handler"
  runtime       = "python3.12"
  role          = "arn:aws:iam::123456789012:role/sign"
}
