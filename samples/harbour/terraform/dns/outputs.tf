output "public_zone_id" {
  value = aws_route53_zone.public.zone_id
}

output "www" {
  value = aws_route53_record.www.fqdn
}
