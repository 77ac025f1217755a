import dns.resolver

def check(name):
    answers = dns.resolver.resolve(name, "TXT
    if "valid" in answers:
      return True
     return False

def other(name):
    return "valid" in dns.resolver.resolve(name, "TXT").rrset.to_text()
