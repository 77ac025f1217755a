resource "azurerm_virtual_network" "hub" {
  name     = "hub"
  location = "westeurope"
}

resource "azurerm_private_dns_zone" "vault" {
  name = "privatelink.vaultcore.azure.net"
}

resource "azurerm_private_dns_zone_virtual_network_link" "vault" {
  private_dns_zone_name = azurerm_private_dns_zone.vault.name
  virtual_network_id    = azurerm_virtual_network.hub.id
}

resource "azurerm_private_dns_a_record" "vault" {
  name      = "corp"
  zone_name = azurerm_private_dns_zone.vault.name
  ttl       = 10
  records   = ["10.40.0.5"]
}

resource "azurerm_dns_zone" "public" {
  name = "azure.corp.example"
}

resource "azurerm_dns_cname_record" "app" {
  name      = "app"
  zone_name = azurerm_dns_zone.public.name
  ttl       = 300
  record    = azurerm_linux_web_app.app.default_hostname
}

resource "azurerm_dns_mx_record" "mail" {
  name      = "@"
  zone_name = azurerm_dns_zone.public.name
  ttl       = 300
  record {
    preference = 10
    exchange   = "mail.corp.example"
  }
}

resource "azurerm_linux_web_app" "app" {
  name = "corp-app"
  app_settings = {
    VAULT_ADDR = "https://vault.corp.example"
  }
}
