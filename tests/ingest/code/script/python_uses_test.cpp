// What each piece of Python asks, and what it does not.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/ingest/code/script/uses_told.h"

namespace mainstay {
extern const Ingester python;

TEST_CASE("Python: what calls ask", "[ingest][code][python]") {
  const UsesRow rows[] = {
      {"requests", "import requests\nrequests.get('https://corp.okta.com/x', timeout=5)\n", "oidc-issuer corp.okta.com requests.get"},
      {"a module with another name", "import requests as r\nr.post(url='https://corp.okta.com/x')\n",
       "oidc-issuer corp.okta.com requests.post"},
      {"a function with another name", "from requests import get as g\ng('https://corp.okta.com/x')\n",
       "oidc-issuer corp.okta.com requests.get"},
      {"the method stands in front of the URL", "import requests\nrequests.request('GET', 'https://corp.okta.com/x')\n",
       "oidc-issuer corp.okta.com requests.request"},
      {"a session", "import requests\ns = requests.Session()\ns.get('https://corp.okta.com/x')\n", "oidc-issuer corp.okta.com get"},
      {"a key of a table is no URL", "import requests\nd = {}\nd.get('https', 1)\nd.get('host')\n", ""},
      {"an f-string", "import requests\nHOST = 'corp.okta.com'\nrequests.get(f'https://{HOST}/x')\n",
       "oidc-issuer corp.okta.com requests.get"},
      {"an f-string with an unknown part", "import requests\ndef f(org):\n  requests.get(f\"https://{org['name']}.okta.com/x\")\n",
       "oidc-issuer ${org['name']}.okta.com requests.get"},
      {"an f-string with a format and a conversion",
       "import requests\nHOST = 'corp.okta.com'\nrequests.get(f'https://{HOST!s}:{8443:d}/x?a={a==b}')\n",
       "oidc-issuer corp.okta.com:8443 requests.get"},
      {"percents", "import requests\nHOST = 'corp.okta.com'\nrequests.get('https://%s:%d/x' % (HOST, 8443))\n",
       "oidc-issuer corp.okta.com:8443 requests.get"},
      {"percents by name", "import requests\nURL = 'https://%(org)s.okta.com/%%'\nrequests.get(URL % {'org': 'corp'})\n",
       "oidc-issuer corp.okta.com requests.get"},
      {"format", "import requests\nrequests.get('https://{}.okta.com/x'.format('corp'))\n", "oidc-issuer corp.okta.com requests.get"},
      {"format of a constant by name", "import requests\nURL = 'https://{org}.okta.com'\nrequests.get(URL.format(org='corp'))\n",
       "oidc-issuer corp.okta.com requests.get"},
      {"a sum and a path", "from urllib.request import urlopen\nBASE = 'https://corp' + '.okta.com'\nurlopen(BASE + '/x')\n",
       "oidc-issuer corp.okta.com urlopen"},
      {"urllib with a request",
       "import urllib.request\nreq = urllib.request.Request('https://corp.okta.com/x', data=b'')\nurllib.request.urlopen(req)\n",
       "oidc-issuer corp.okta.com Request"},
      {"urljoin", "import requests\nfrom urllib.parse import urljoin\nrequests.get(urljoin('https://corp.okta.com', '/x'))\n",
       "oidc-issuer corp.okta.com requests.get"},
      {"http.client", "import http.client\nhttp.client.HTTPSConnection('corp.okta.com', 8443)\n",
       "oidc-issuer corp.okta.com:8443 HTTPSConnection"},
      {"httpx", "import httpx\nclient = httpx.Client(base_url='https://corp.okta.com')\nclient.get('/x')\n",
       "oidc-issuer corp.okta.com httpx.Client"},
      {"aiohttp",
       "import aiohttp\nasync def f():\n  async with aiohttp.ClientSession() as s:\n    await s.get('https://corp.okta.com/x')\n",
       "oidc-issuer corp.okta.com get"},
      {"an environment variable", "import os, requests\nrequests.get(os.environ['VAULT_ADDR'] + '/v1/x')\n",
       "secret-store ${VAULT_ADDR} requests.get"},
      {"an environment variable by another name",
       "import requests\nfrom os import environ as env\nrequests.get(f\"{env['VAULT_ADDR']}/v1\")\n",
       "secret-store ${VAULT_ADDR} requests.get"},
      {"a default behind the environment",
       "import os, requests\nURL = os.getenv('VAULT_ADDR', 'https://vault.corp.example')\nrequests.get(URL)\n",
       "secret-store vault.corp.example requests.get"},
      {"a default with or", "import os, requests\nURL = os.environ.get('VAULT_ADDR') or 'https://vault.corp.example'\nrequests.get(URL)\n",
       "secret-store vault.corp.example requests.get"},
      {"a default of a parameter", "import requests\ndef load(url='https://corp.okta.com'):\n  return requests.get(url)\n",
       "oidc-issuer corp.okta.com requests.get"},
      {"a parameter, for each caller",
       "import requests\ndef load(host):\n  return requests.get(f'https://{host}/x')\nload('a.okta.com')\nload('b.okta.com')\n",
       "oidc-issuer a.okta.com requests.get\noidc-issuer b.okta.com requests.get"},
      {"a member of the object",
       "import requests\nclass A:\n  def __init__(self):\n    self.url = 'https://corp.okta.com'\n  def f(self):\n    "
       "requests.get(self.url)\n",
       "oidc-issuer corp.okta.com requests.get"},
      {"a member of a table", "import requests\nCONFIG = {'idp': 'https://corp.okta.com'}\nrequests.get(CONFIG['idp'])\n",
       "oidc-issuer corp.okta.com requests.get"},
      {"what differs is unknown", "import requests\nurl = 'https://a.okta.com'\nif x:\n  url = 'https://b.okta.com'\nrequests.get(url)\n",
       ""},
      {"a URL in a text of documentation", "import requests\n'''requests.get('https://corp.okta.com')'''\nrequests.get(url)\n", ""},
      {"authlib",
       "from authlib.integrations.flask_client import OAuth\noauth.register('idp', server_metadata_url='https://id.corp.example/m')\n",
       "oidc-issuer id.corp.example server_metadata_url"},
      {"requests-oauthlib",
       "from requests_oauthlib import OAuth2Session\ns.fetch_token(token_url='https://id.corp.example/t', client_secret=x)\n",
       "oauth-token id.corp.example fetch_token"},
      {"a key set", "from jwt import PyJWKClient\nPyJWKClient('https://id.corp.example/keys')\n", "jwks id.corp.example PyJWKClient"},
      {"the issuer of a token is not looked up", "import jwt\njwt.decode(token, key, issuer='https://id.corp.example')\n", ""},
      {"msal with an authority",
       "import msal\nmsal.ConfidentialClientApplication(i, authority='https://id.corp.example/t', client_credential=s)\n",
       "oidc-issuer id.corp.example authority"},
      {"msal without one", "from msal import ConfidentialClientApplication\nConfidentialClientApplication(i, client_credential=s)\n",
       "sts login.microsoftonline.com:443 ConfidentialClientApplication"},
      {"Azure's vault",
       "from azure.keyvault.secrets import SecretClient\nSecretClient(vault_url='https://kv.vault.azure.net', credential=c)\n",
       "secret-store kv.vault.azure.net SecretClient"},
      {"Azure's identity of a machine", "from azure.identity import ManagedIdentityCredential\nManagedIdentityCredential()\n",
       "imds 169.254.169.254:80 ManagedIdentityCredential address"},
      {"Google's secrets", "from google.cloud import secretmanager\nsecretmanager.SecretManagerServiceClient()\n",
       "secret-store secretmanager.googleapis.com:443 SecretManagerServiceClient"},
      {"Google's machine is a name", "from google.auth import compute_engine\ncompute_engine.Credentials()\n",
       "imds metadata.google.internal:80 compute_engine.Credentials"},
      {"hvac", "import hvac, os\nhvac.Client(url=os.environ['VAULT_ADDR'])\n", "secret-store ${VAULT_ADDR} hvac.Client"},
      {"ldap3", "from ldap3 import Connection, Server\nServer('dc1.corp.example', port=636, use_ssl=True)\n",
       "ldap dc1.corp.example:636 ldap3.Server"},
      {"python-ldap", "import ldap\nldap.initialize('ldaps://a.corp.example ldaps://b.corp.example')\n",
       "ldap a.corp.example ldap.initialize\nldap b.corp.example ldap.initialize"},
      {"a literal address", "import ldap\nldap.initialize('ldap://192.0.2.7')\n", "ldap 192.0.2.7 ldap.initialize address"},
      {"boto3", "import boto3\nboto3.client('sts', region_name='eu-west-1')\n", "sts sts.eu-west-1.amazonaws.com:443 client"},
      {"boto3 with a session", "import boto3\nSERVICE = 'kms'\ns = boto3.Session(region_name='eu-west-1')\ns.client(SERVICE)\n",
       "kms kms.eu-west-1.amazonaws.com:443 client"},
      {"boto3 with an endpoint", "import boto3\nboto3.client('secretsmanager', endpoint_url='https://vpce-1.corp.example')\n",
       "secret-store vpce-1.corp.example client"},
      {"boto3 without a region", "import boto3\nboto3.client(service_name='ssm')\n",
       "secret-store ssm.${AWS_REGION}.amazonaws.com:443 client"},
      {"boto3 for what is no identity", "import boto3\nboto3.client('s3')\nboto3.resource('dynamodb')\n", ""},
      {"an Okta client", "from okta.client import Client\nClient({'orgUrl': 'https://corp.okta.com', 'token': t})\n",
       "oidc-issuer corp.okta.com orgUrl"},
      {"a name that is looked up once", "import socket\nIDP = socket.gethostbyname('corp.okta.com')\n",
       "oidc-issuer corp.okta.com gethostbyname once"},
      {"a name that is looked up each time", "import socket\ndef f():\n  return socket.getaddrinfo('corp.okta.com', 443)\n",
       "oidc-issuer corp.okta.com getaddrinfo"},
      {"a pair", "import socket\ndef f():\n  socket.create_connection(('dc1.corp.example', 389), timeout=2)\n",
       "ldap dc1.corp.example:389 create_connection"},
      {"a path is no pair", "import socket, sqlite3\nsqlite3.connect('corp.okta.com')\n", ""},
      {"dnspython", "import dns.resolver\ndef f():\n  return dns.resolver.resolve('corp.okta.com', 'A')\n",
       "oidc-issuer corp.okta.com dns.resolver.resolve"},
      {"a record that is no address", "import dns.resolver\ndef f():\n  return dns.resolver.resolve('corp.okta.com', 'MX')\n", ""},
      {"a default by the name of its method",
       "from tornado import gen\nclass A:\n  @default('token_url')\n  def _token_url_default(self):\n"
       "    return 'https://id.corp.example/t'\n",
       "oauth-token id.corp.example token_url"},
      {"a default that is no URL", "from tornado import gen\nclass A:\n  def _token_url_default(self):\n    return self.base\n", ""},
      {"settings of a framework",
       "AUTH_LDAP_SERVER_URI = 'ldaps://ldap.corp.example'\nOIDC_OP_TOKEN_ENDPOINT = 'https://id.corp.example/t'\n",
       "ldap ldap.corp.example AUTH_LDAP_SERVER_URI\noauth-token id.corp.example OIDC_OP_TOKEN_ENDPOINT"},
      {"settings that are no URLs", "AUTH_LDAP_SERVER_URI = None\nTOKEN_URL = 'https://id.corp.example/t'\n", ""},
  };
  for (const UsesRow& row : rows) check_uses(row, python, "src/app.py");
}

TEST_CASE("Python: limits whose clock runs during the lookup", "[ingest][code][python]") {
  struct Row {
    const char* title;
    const char* code;
    std::optional<std::uint32_t> deadline;  // milliseconds
  };
  const Row rows[] = {
      {"requests begins to count behind the lookup", "import requests\nrequests.get('https://corp.okta.com', timeout=5)\n", std::nullopt},
      {"asyncio.wait_for",
       "import asyncio\nasync def f():\n  await asyncio.wait_for(loop.getaddrinfo('corp.okta.com', 443), timeout=2.5)\n", 2'500},
      {"asyncio.timeout",
       "import asyncio\nLIMIT = 3\nasync def f():\n  async with asyncio.timeout(LIMIT):\n    await loop.getaddrinfo('corp.okta.com', "
       "443)\n",
       3'000},
      {"aiohttp, nothing set",
       "import aiohttp\nasync def f():\n  async with aiohttp.ClientSession() as s:\n    await s.get('https://corp.okta.com')\n", 300'000},
      {"aiohttp, for the session",
       "import aiohttp\nasync def f():\n  async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=7)) as s:\n"
       "    await s.get('https://corp.okta.com')\n",
       7'000},
      {"aiohttp, for the call",
       "from aiohttp import ClientSession, ClientTimeout\nT = ClientTimeout(total=4)\nasync def f():\n  async with ClientSession() as s:\n"
       "    await s.get('https://corp.okta.com', timeout=T)\n",
       4'000},
      {"httpx with asyncio", "import httpx\nc = httpx.AsyncClient(base_url='https://corp.okta.com')\n", 5'000},
      {"httpx without", "import httpx\nc = httpx.Client(base_url='https://corp.okta.com', timeout=3)\n", std::nullopt},
      {"two clients", "import aiohttp, requests\na = aiohttp.ClientSession()\nb = requests.Session()\nb.get('https://corp.okta.com')\n",
       std::nullopt},
      {"dnspython, nothing set", "import dns.resolver\ndef f():\n  dns.resolver.resolve('corp.okta.com')\n", 5'000},
      {"dnspython", "import dns.resolver\ndef f():\n  dns.resolver.resolve('corp.okta.com', lifetime=1)\n", 1'000},
      {"a resolver of its own",
       "from dns import resolver\nmine = resolver.Resolver()\nmine.lifetime = 2\ndef f():\n  resolver.resolve('corp.okta.com')\n", 2'000},
      {"an address is not looked up", "import dns.resolver\ndef f():\n  dns.resolver.resolve_name('192.0.2.7')\n", std::nullopt},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(python, {{"src/app.py", row.code}});
      for (const Use& use : got.all<Use>()) CHECK(use.deadline == row.deadline);
      CHECK(got.all<Use>().size() == (std::string_view(row.title) == "an address is not looked up" ? 0 : 1));
    }
}

TEST_CASE("Python: nesting without end is bounded", "[ingest][code][python]") {
  const char* const kCode = "import requests\nrequests.get('https://corp.okta.com')\n";
  for (const char* open : {"(", "[", "{", "f(", "a[", "lambda: ", "yield ", "not ", "f'{", "'%s' % ", "-", "a.b(", "x if ", "await "})
    DYNAMIC_SECTION(open) {
      std::string text = kCode;
      for (int depth = 0; depth < 10'000; ++depth) text += open + std::string("\\\n");
      CHECK(ingest(python, {{"src/app.py", text}}).all<Use>().size() == 1);
    }
}

}  // namespace mainstay
