resource "azurerm_linux_web_app" "portal" {
  name                = "corp-portal"
  resource_group_name = "portal"
  location            = "westeurope"
  service_plan_id     = "portal"

  site_config {}
}
