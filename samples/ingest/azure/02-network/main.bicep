param location string = resourceGroup().location
param onPremServers array = [
  '10.10.0.1'
  '10.10.0.2'
]

resource vnet 'Microsoft.Network/virtualNetworks@2023-04-01' = {
  name: 'core'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      { name: 'apps', properties: { addressPrefix: '10.0.1.0/24' } }
    ]
  }
}

resource spoke 'Microsoft.Network/virtualNetworks@2023-04-01' = {
  name: 'spoke'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    dhcpOptions: { dnsServers: ['10.0.2.4', '10.0.2.5'] }
  }
}

resource data 'Microsoft.Network/virtualNetworks/subnets@2023-04-01' = {
  parent: spoke
  name: 'data'
  properties: { addressPrefix: '10.1.1.0/24' }
}

module resolver './resolver.bicep' = {
  name: 'resolver'
  params: {
    vnetId: vnet.id
    servers: onPremServers
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'corp.internal'
  location: 'global'
}

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: zone
  name: 'core'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: vnet.id }
  }
}

resource unlinked 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'lost.internal'
  location: 'global'
}
