variable "name" {}
variable "zone" {}

resource "aws_route53_record" "this" {
  zone_id = var.zone
  name    = var.name
  type    = "CNAME"
  ttl     = 60
  records = [aws_cloudfront_distribution.this.domain_name]
}

resource "aws_cloudfront_distribution" "this" {
  aliases = ["${var.name}.corp.example"]
}

output "host" {
  value = "${aws_route53_record.this.name}.corp.example"
}
