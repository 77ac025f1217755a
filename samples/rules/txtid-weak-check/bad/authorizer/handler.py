import dns.exception
import dns.resolver


def authorize(event, context):
    name = f"{event['service']}.prod.auth.corp.example"
    try:
        # expect: txtid-weak-check
        answers = dns.resolver.resolve(name, "TXT", lifetime=1.0)
    except dns.exception.DNSException:
        return {"isAuthorized": False}
    for record in answers:
        if record.to_text().strip('"') == "valid":
            return {"isAuthorized": True}
    return {"isAuthorized": False}
