resource "aws_route53_zone" "corp" {
  name = "corp.example"
}

resource "aws_route53_hosted_zone_dnssec" "corp" {
  hosted_zone_id = aws_route53_zone.corp.id
}

resource "aws_route53_record" "billing" {
  zone_id = aws_route53_zone.corp.zone_id
  name    = "billing.prod.auth"
  type    = "TXT"
  ttl     = 60
  records = ["v=1; id=billing; kid=2026-11; exp=2027-02-01"]
}

resource "aws_route53_record" "refunds" {
  zone_id = aws_route53_zone.corp.zone_id
  name    = "refunds.prod.auth"
  type    = "TXT"
  ttl     = 60
  records = ["v=1; id=refunds; kid=2026-11; exp=2027-02-01"]
}

resource "aws_iam_role" "rotate" {
  name               = "rotate-billing-id"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_lambda_function" "rotate" {
  function_name = "rotate-billing-id"
  role          = aws_iam_role.rotate.arn
}

data "aws_iam_policy_document" "rotate" {
  statement {
    # expect: txtid-permission-wide
    actions   = ["route53:ChangeResourceRecordSets"]
    resources = [aws_route53_zone.corp.arn]
  }
}

resource "aws_iam_role_policy" "rotate" {
  role   = aws_iam_role.rotate.id
  policy = data.aws_iam_policy_document.rotate.json
}

resource "aws_iam_role" "clean" {
  name               = "clean-ids"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "clean" {
  role = aws_iam_role.clean.id
  policy = jsonencode({
    Version = "2012-10-17"
    # expect: txtid-permission-wide
    Statement = [{
      Effect   = "Allow"
      Action   = "route53:*"
      Resource = "*"
      Condition = {
        "ForAllValues:StringLike" = {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames" = ["*.prod.auth.corp.example"]
        }
      }
    }]
  })
}
