import dns.exception
import dns.resolver

from keys import key_of


def authorize(event, context):
    try:
        answers = dns.resolver.resolve("billing.prod.auth.corp.example", "TXT", lifetime=1.0)
    except dns.exception.DNSException:
        return {"isAuthorized": False}
    for record in answers:
        key = key_of(b"".join(record.strings))
        if key.verify(event["signature"], event["body"]):
            return {"isAuthorized": True}
    return {"isAuthorized": False}
