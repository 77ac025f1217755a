resource "aws_route53_zone" "main" {
  name = "corp.example"
}

resource "aws_route53_record" "issuer" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "issuer.corp.example"
  type    = "CNAME"
  ttl     = 300
  records = [azurerm_linux_web_app.issuer.default_hostname]
}

resource "azurerm_linux_web_app" "issuer" {
  name                = "corp-issuer"
  resource_group_name = "identity"
  location            = "westeurope"
  service_plan_id     = "identity"

  site_config {}
}

resource "aws_iam_openid_connect_provider" "own" {
  url            = "https://issuer.corp.example"
  client_id_list = ["sts.amazonaws.com"]
}

# Run by its maker, at a name that nobody else can have.
resource "aws_iam_openid_connect_provider" "ci" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}
