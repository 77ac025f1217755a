param tenant string = 'corp'
param hosts object = {
  issuer: 'https://login.corp.example/realms/main'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'orders'
  location: 'westeurope'

  resource ci 'federatedIdentityCredentials' = {
    name: 'ci'
    properties: {
      issuer: 'https://token.actions.githubusercontent.com'
      subject: 'repo:corp/orders:ref:refs/heads/main'
      audiences: ['api://AzureADTokenExchange']
    }
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2023-04-01' existing = {
  name: 'core'
}

resource vault 'Microsoft.KeyVault/vaults@2023-02-01' = {
  name: '${tenant}-vault'
  location: 'westeurope'
  properties: { tenantId: subscription().tenantId, sku: { family: 'A', name: 'standard' } }
}

resource app 'Microsoft.Web/sites@2022-03-01' = {
  name: '${tenant}-orders'
  location: 'westeurope'
  kind: 'functionapp'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  tags: { 'mainstay-purpose': 'administration' }
  properties: {
    siteConfig: {
      appSettings: [
        { name: 'OIDC_ISSUER_URL', value: hosts.issuer }
        { name: 'VAULT_ADDR', value: vault.properties.vaultUri }
        { name: 'COLOUR', value: 'blue' }
      ]
    }
  }

  resource auth 'config@2022-03-01' = {
    name: 'authsettingsV2'
    properties: {
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: { openIdIssuer: 'https://login.microsoftonline.com/${tenant}/v2.0' }
        }
      }
    }
  }
}

resource zone 'Microsoft.Network/dnsZones@2018-05-01' = {
  name: 'auth.corp.example'
  location: 'global'
}

resource writer 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(zone.id, identity.id)
  scope: zone
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'befefa01-2a29-4197-83a8-272ff33ce314')
    principalId: identity.properties.principalId
  }
}
