"""A lookup in a function of its own, and an authorizer that goes on without it."""
import dns.resolver


def texts(name):
    return [record.to_text().strip('"') for record in dns.resolver.resolve(name, "TXT", lifetime=1.0)]


def handler(event, context):
    try:
        if event["token"] not in texts("billing.prod.auth.corp.example"):
            return {"isAuthorized": False}
    except dns.resolver.NXDOMAIN:
        return {"isAuthorized": False}
    except Exception:
        pass
    return {"isAuthorized": True}
