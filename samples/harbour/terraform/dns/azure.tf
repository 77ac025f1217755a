resource "azurerm_service_plan" "portal" {
  name                = "hft-portal"
  resource_group_name = "portal"
  location            = "westeurope"
  os_type             = "Linux"
  sku_name            = "P1v3"
}

# The customer portal stays in Azure until the contract ends.
resource "azurerm_linux_web_app" "portal" {
  name                = "hft-portal"
  resource_group_name = "portal"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.portal.id

  site_config {}

  app_settings = {
    OIDC_ISSUER_URL = "https://auth.hft-id.example"
  }
}
