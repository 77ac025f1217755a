# comment
resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.${var.zone}"
  records = [for ip in var.ips : ip if ip != ""]
  alias { name = aws_lb.edge.dns_name }
}
