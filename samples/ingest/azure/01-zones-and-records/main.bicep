targetScope = 'resourceGroup'

@description('The public zone')
param zoneName string = 'corp.example'

@allowed([
  'dev'
  'prod'
])
param stage string

param verification string

@secure()
param token string

var hosts = [
  { name: 'login', ip: '192.0.2.1' }
  { name: 'sso', ip: '192.0.2.2' }
]
var prefix = stage == 'prod' ? '' : '${stage}.'

resource zone 'Microsoft.Network/dnsZones@2018-05-01' = {
  name: zoneName
  location: 'global'

  resource www 'CNAME@2018-05-01' = {
    name: 'www'
    properties: {
      TTL: 300
      CNAMERecord: { cname: 'www.${zoneName}.edge.example' }
    }
  }
}

resource host 'Microsoft.Network/dnsZones/A@2018-05-01' = [for h in hosts: {
  parent: zone
  name: '${prefix}${h.name}'
  properties: {
    TTL: 60
    ARecords: [
      { ipv4Address: h.ip }
    ]
  }
}]

resource mail 'Microsoft.Network/dnsZones/MX@2018-05-01' = if (stage == 'prod') {
  parent: zone
  name: '@'
  properties: {
    TTL: 3600
    MXRecords: [
      { preference: 10, exchange: 'mx.corp.example' }
    ]
  }
}

resource proof 'Microsoft.Network/dnsZones/TXT@2018-05-01' = {
  name: '${zoneName}/_proof'
  dependsOn: [zone]
  properties: {
    TTL: 60
    TXTRecords: [
      { value: ['v=1; id=${verification}', '; exp=2027'] }
      { value: [token] }
    ]
  }
}

resource ip 'Microsoft.Network/publicIPAddresses@2023-04-01' = {
  name: 'edge'
  location: 'westeurope'
  properties: {
    publicIPAllocationMethod: 'Static'
    dnsSettings: { domainNameLabel: 'corp-edge' }
  }
}

resource apex 'Microsoft.Network/dnsZones/A@2018-05-01' = {
  parent: zone
  name: '@'
  properties: {
    TTL: 60
    targetResource: { id: ip.id }
  }
}

resource shared 'Microsoft.Network/privateDnsZones@2020-06-01' existing = {
  name: 'shared.example'
}

resource note 'Microsoft.Network/privateDnsZones/TXT@2020-06-01' = {
  parent: shared
  name: 'note'
  properties: {
    ttl: 60
    txtRecords: [{ value: ['here'] }]
  }
}
