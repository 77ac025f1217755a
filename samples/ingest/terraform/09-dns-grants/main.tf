# Who may write records: policy documents, JSON, inline policies, and roles of other clouds.
resource "aws_route53_zone" "corp" {
  name = "corp.example"
}

resource "aws_iam_role" "rotate" {
  name = "rotate-ids"
  inline_policy {
    name = "list"
    policy = jsonencode({
      Statement = [
        { Effect = "Allow", Action = ["route53:List*"], Resource = "*" },
        { Effect = "Deny", Action = "route53:*", Resource = "*" },
        { Effect = "Allow", Action = "route53:Change*", Resource = "arn:aws:route53:::hostedzone/*" },
      ]
    })
  }
}

resource "aws_lambda_function" "rotate" {
  function_name = "rotate-ids"
  role          = aws_iam_role.rotate.arn
}

data "aws_iam_policy_document" "rotate" {
  statement {
    actions   = ["route53:ChangeResourceRecordSets"]
    resources = ["arn:aws:route53:::hostedzone/${aws_route53_zone.corp.zone_id}"]
    condition {
      test     = "ForAllValues:StringEquals"
      variable = "route53:ChangeResourceRecordSetsNormalizedRecordNames"
      values   = ["Billing.prod.auth.corp.example"]
    }
    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "route53:ChangeResourceRecordSetsRecordTypes"
      values   = ["TXT"]
    }
  }
}

resource "aws_iam_policy" "rotate" {
  policy = data.aws_iam_policy_document.rotate.json
}

resource "aws_iam_role_policy_attachment" "rotate" {
  role       = aws_iam_role.rotate.name
  policy_arn = aws_iam_policy.rotate.arn
}

# nobody of the tree runs as this one, and its zone is not here
resource "aws_iam_role" "legacy" {
  name = "legacy"
}

resource "aws_iam_role_policy" "legacy" {
  role = aws_iam_role.legacy.id
  policy = jsonencode({
    Statement = { Effect = "Allow", Action = "*", Resource = var.zone_arn }
  })
}

variable "zone_arn" {}

resource "azurerm_dns_zone" "shop" {
  name = "shop.example"
}

resource "azurerm_role_assignment" "dns" {
  scope                = azurerm_dns_zone.shop.id
  role_definition_name = "DNS Zone Contributor"
  principal_id         = "00000000-0000-0000-0000-000000000001"
}

resource "google_project_iam_member" "dns" {
  project = "corp"
  role    = "roles/dns.admin"
  member  = "serviceAccount:writer@corp.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "viewer" {
  project = "corp"
  role    = "roles/viewer"
  member  = "serviceAccount:reader@corp.iam.gserviceaccount.com"
}
