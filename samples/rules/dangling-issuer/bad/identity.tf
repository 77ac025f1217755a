resource "aws_route53_zone" "main" {
  name = "corp.example"
}

resource "aws_route53_record" "issuer" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "issuer.corp.example"
  type    = "CNAME"
  ttl     = 300
  # expect: dangling-issuer
  records = ["corp-issuer.azurewebsites.net"]
}

resource "aws_iam_openid_connect_provider" "ci" {
  url            = "https://issuer.corp.example"
  client_id_list = ["sts.amazonaws.com"]
}
