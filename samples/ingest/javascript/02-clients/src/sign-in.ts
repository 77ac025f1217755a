import axios from 'axios';
import { createRemoteJWKSet } from 'jose';
import { Issuer } from 'openid-client';
import { STSClient } from '@aws-sdk/client-sts';

const ISSUER = process.env.OIDC_ISSUER_URL ?? 'https://id.corp.example/realms/main';
const config = { directory: { url: 'ldaps://ldap.corp.example:636' }, region: 'eu-central-1' } as const;

export const keys = createRemoteJWKSet(new URL(`${ISSUER}/protocol/openid-connect/certs`));
export const sts = new STSClient({ region: config.region });

export async function signIn(tenant: string) {
  const issuer = await Issuer.discover(ISSUER);
  const users = ldap.createClient({ url: config.directory.url });
  const login = await axios.post(`https://${tenant}.login.corp.example/oauth2/token`, { grant_type: 'client_credentials' });
  const weather = await fetch('https://weather.example.org/today');
  const unknown = await fetch(login.data.next);
  return { issuer, users, weather, unknown };
}

passport.use(new OAuth2Strategy({ authorizationURL: 'https://id.corp.example/authorize', tokenURL: 'https://id.corp.example/token' }, done));
