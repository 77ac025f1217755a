const service = { service: 'portal', provider: { name: 'aws' } };
module.exports = service;
