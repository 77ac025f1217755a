param vnetId string
param servers array

resource resolver 'Microsoft.Network/dnsResolvers@2022-07-01' = {
  name: 'core'
  location: 'westeurope'
  properties: { virtualNetwork: { id: vnetId } }

  resource inbound 'inboundEndpoints' = {
    name: 'in'
    location: 'westeurope'
    properties: {
      ipConfigurations: [
        { privateIpAddress: '10.0.2.4', privateIpAllocationMethod: 'Static' }
      ]
    }
  }
}

resource rules 'Microsoft.Network/dnsForwardingRulesets@2022-07-01' = {
  name: 'core'
  location: 'westeurope'
  properties: { dnsResolverOutboundEndpoints: [] }
}

resource rule 'Microsoft.Network/dnsForwardingRulesets/forwardingRules@2022-07-01' = {
  parent: rules
  name: 'onprem'
  properties: {
    domainName: 'onprem.example.'
    forwardingRuleState: 'Enabled'
    targetDnsServers: [for server in servers: {
      ipAddress: server
      port: 53
    }]
  }
}

resource link 'Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks@2022-07-01' = {
  parent: rules
  name: 'core'
  properties: { virtualNetwork: { id: vnetId } }
}
