param zone string = 'corp.example
var a = b
var b = a

resource good 'Microsoft.Network/dnsZones@2018-05-01' = {
  name: 'good.example'
}

resource broken 'Microsoft.Network/dnsZones@2018-05-01' = {
  name: ]
}

resource loop 'Microsoft.Network/dnsZones@2018-05-01' = [for z in missing(): {
  name: '${z}.example'
}]

resource last 'Microsoft.Network/dnsZones@2018-05-01' = {
  name: '${a}.last.example'
}

module gone './gone.bicep' = {
  name: 'gone'
}

module self './main.bicep' = {
  name: 'self'
}
