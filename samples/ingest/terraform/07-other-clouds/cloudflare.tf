resource "cloudflare_zone" "main" {
  name = "flare.corp.example"
}

resource "cloudflare_dns_record" "www" {
  zone_id = cloudflare_zone.main.id
  name    = "www"
  type    = "CNAME"
  content = "corp-app.azurewebsites.net"
  ttl     = 1
  proxied = true
}
