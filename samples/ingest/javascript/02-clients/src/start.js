// The address is asked for once, when the module is loaded.
import dns from 'node:dns';

const directory = await dns.promises.lookup('_ldap._tcp.corp.example');

export default directory;
