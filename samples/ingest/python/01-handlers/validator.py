"""The first string is compared with a word, and one error is caught."""
import dns.resolver


def validate(service, environment):
    name = f"{service}.{environment}.auth.corp.example"
    try:
        answers = dns.resolver.resolve(name, "TXT")
        for record in answers:
            if record.strings[0].decode() == "valid":
                return True
    except dns.resolver.NXDOMAIN:
        return False
    return False
