resource "aws_route53_zone" "login" {
  name = "login.corp.example"
}

resource "aws_route53_zone" "apps" {
  name = "apps.corp.example"
}

resource "aws_route53_record" "issuer" {
  zone_id = aws_route53_zone.login.zone_id
  name    = "sso.login.corp.example"
  type    = "A"
  ttl     = 60
  records = ["10.0.0.5"]
}

resource "aws_iam_openid_connect_provider" "own" {
  url            = "https://sso.login.corp.example"
  client_id_list = ["sts.amazonaws.com"]
}

# The one writer of the zone.
resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = "deploy"
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets"]
      Resource = aws_route53_zone.login.arn
    }]
  })
}

# May write the same zone, but no name that anybody signs in at.
resource "aws_iam_role_policy" "acme" {
  name = "acme"
  role = "acme"
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets"]
      Resource = aws_route53_zone.login.arn
      Condition = {
        "ForAllValues:StringEquals" = {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames" = ["_acme-challenge.sso.login.corp.example"]
        }
      }
    }]
  })
}

# A zone of its own.
resource "aws_iam_role_policy" "external_dns" {
  name = "external-dns"
  role = "external-dns"
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets"]
      Resource = aws_route53_zone.apps.arn
    }]
  })
}
