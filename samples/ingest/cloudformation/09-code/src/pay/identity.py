import requests

ISSUER = "https://id.corp.example"


def token(code):
    return requests.post(f"{ISSUER}/oauth2/token", data={"code": code}, timeout=5).json()
