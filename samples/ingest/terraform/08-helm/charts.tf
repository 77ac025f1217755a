variable "zone" {
  default = "corp.example"
}

locals {
  login = "login.${var.zone}"
}

resource "helm_release" "dex" {
  name       = "dex"
  namespace  = "identity"
  chart      = "dex"
  repository = "https://charts.corp.example"
  values = [yamlencode({
    config = {
      issuer = "https://${local.login}"
      connectors = [
        { type = "oidc", config = { issuer = "https://corp.okta.com" } }
      ]
      staticClients = [
        { name = "board", redirectURIs = ["https://board.${var.zone}/callback"] }
      ]
    }
  })]
}

resource "helm_release" "board" {
  name  = "board"
  chart = "board"
  values = [
    yamlencode({
      configs = {
        url           = "https://board.${var.zone}"
        "oidc.config" = yamlencode({ name = "login", issuer = "https://${local.login}" })
      }
      server = {
        env = [
          { name = "VAULT_ADDR", value = "https://vault.${var.zone}:8200" },
          { name = "LOG_LEVEL", value = "info" },
        ]
      }
      ingress = { tls = { issuer = "letsencrypt" } }
    }),
    file("${path.module}/more.yaml"),
  ]
  set {
    name  = "auth.oidc.issuerUrl"
    value = "https://${local.login}"
  }
  set_sensitive {
    name  = "auth.oidc.clientSecret"
    value = "not-a-secret"
  }
}
