import asyncio
import socket

import aiohttp
import boto3
import requests as web
from ldap3 import Server

from . import settings
from .settings import ISSUER as IDP

DIRECTORY = socket.gethostbyname("ldap.corp.example")
session = boto3.Session(region_name=settings.REGION)
secrets = session.client("secretsmanager")


def metadata():
    return web.get(f"{IDP}/.well-known/openid-configuration", timeout=5).json()


async def token(code):
    limit = aiohttp.ClientTimeout(total=4)
    async with aiohttp.ClientSession(timeout=limit) as client:
        return await client.post("https://%s/oauth2/token" % "sign-in.corp.example", data={"code": code})


async def directory():
    await asyncio.wait_for(asyncio.get_running_loop().getaddrinfo("ldap.corp.example", 636), timeout=2)
    return Server("ldap.corp.example", port=636, use_ssl=True)


def page():
    return web.get("https://www.corp.example/")
