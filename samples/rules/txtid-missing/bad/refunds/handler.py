import dns.exception
import dns.resolver

from keys import key_of


def authorize(event, context):
    try:
        # expect: txtid-missing
        answers = dns.resolver.resolve("refunds.prod.auth.corp.example", "TXT", lifetime=1.0)
    except dns.exception.DNSException:
        return {"isAuthorized": False}
    for record in answers:
        key = key_of(b"".join(record.strings))
        if key.verify(event["signature"], event["body"]):
            return {"isAuthorized": True}
    return {"isAuthorized": False}
