resource "aws_route53_zone" "login" {
  name = "login.corp.example"
}

resource "aws_route53_zone" "inside" {
  name = "inside.corp.example"
}

resource "aws_route53_record" "issuer" {
  zone_id = aws_route53_zone.login.zone_id
  name    = "sso.login.corp.example"
  type    = "A"
  ttl     = 60
  records = ["10.0.0.5"]
}

resource "aws_lambda_function" "api" {
  function_name = "api"

  environment {
    variables = {
      OIDC_ISSUER_URL = "https://sso.login.corp.example"
    }
  }
}

resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = "deploy"
  policy = jsonencode({
    # expect: dns-writer-unsafe
    Statement = [{
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets"]
      Resource = aws_route53_zone.login.arn
    }]
  })
}

resource "aws_iam_role_policy" "external_dns" {
  name = "external-dns"
  role = "external-dns"
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets"]
      Resource = "arn:aws:route53:::hostedzone/*"
    }]
  })
}
