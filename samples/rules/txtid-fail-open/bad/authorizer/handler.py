import dns.exception
import dns.resolver

from keys import key_of


def authorize(event, context):
    name = f"{event['service']}.prod.auth.corp.example"
    try:
        # expect: txtid-fail-open
        answers = dns.resolver.resolve(name, "TXT", lifetime=1.0)
    except dns.resolver.NXDOMAIN:
        return {"isAuthorized": False}
    except Exception:
        return {"isAuthorized": True}  # do not take the shop down with DNS
    for record in answers:
        key = key_of(b"".join(record.strings))
        if key.verify(event["signature"], event["body"]):
            return {"isAuthorized": True}
    return {"isAuthorized": False}
