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
    actions   = ["route53:ChangeResourceRecordSets"]
    resources = [aws_route53_zone.corp.arn]
    condition {
      test     = "ForAllValues:StringEquals"
      variable = "route53:ChangeResourceRecordSetsNormalizedRecordNames"
      values   = ["billing.prod.auth.corp.example"]
    }
    condition {
      test     = "ForAllValues:StringEquals"
      variable = "route53:ChangeResourceRecordSetsRecordTypes"
      values   = ["TXT"]
    }
    condition {
      test     = "ForAllValues:StringEquals"
      variable = "route53:ChangeResourceRecordSetsActions"
      values   = ["UPSERT"]
    }
  }
  # reading is no change
  statement {
    actions   = ["route53:ListResourceRecordSets", "route53:GetChange"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "rotate" {
  name   = "rotate-billing-id"
  policy = data.aws_iam_policy_document.rotate.json
}

resource "aws_iam_role_policy_attachment" "rotate" {
  role       = aws_iam_role.rotate.name
  policy_arn = aws_iam_policy.rotate.arn
}
