variable "zone" {
  default = "corp.example"
}

variable "hosts" {
  type = map(object({ ip = string, ttl = optional(number) }))
}

resource "aws_route53_zone" "main" {
  name = var.zone
}

resource "aws_route53_record" "host" {
  for_each = var.hosts
  zone_id  = aws_route53_zone.main.id
  name     = each.key == "@" ? "${var.zone}." : "${each.key}.${var.zone}."
  type     = "A"
  ttl      = try(each.value.ttl, 300)
  records  = [each.value.ip]
}

resource "aws_route53_record" "mail" {
  count   = 2
  zone_id = aws_route53_zone.main.id
  name    = format("mx%d.%s", count.index + 1, upper(var.zone))
  type    = "A"
  ttl     = 60
  records = ["192.0.2.${count.index + 20}"]
}

resource "aws_route53_record" "verify" {
  for_each = toset(["a", "b"])
  zone_id  = aws_route53_zone.main.id
  name     = "_${each.value}"
  type     = "TXT"
  ttl      = 60
  records  = ["one\"\"two"]
}
