"""Looks up addresses only."""
import dns.resolver

TXT = "not a lookup"


def addresses(name):
    return dns.resolver.resolve(name, "A")
