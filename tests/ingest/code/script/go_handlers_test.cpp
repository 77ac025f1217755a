// What handlers in Go do with each end of a TXT lookup.
#include <catch2/catch.hpp>

#include "ingest/code/script/go_script.h"
#include "tests/ingest/code/script/lookups_told.h"

namespace mainstay::script {
namespace {

std::string told(std::string_view source) {
  const auto tokens = script_tokens(source, ScriptLexicon::go, SourceId{}, [](const ScriptProblem&) {});
  return lookups_told(go_script(tokens), go_dialect());
}

}  // namespace

TEST_CASE("txt lookups in Go: how a handler decides", "[ingest][code][txt][go]") {
  struct Row {
    const char* title;
    const char* source;
    const char* expected;
  };
  const Row rows[] = {
      {"the published validator: a text is compared with a constant, and only a missing name is handled", R"(
package main

import "net"

func Validate(service, env string) (bool, error) {
	name := fmt.Sprintf("%s.%s.auth.example.com", service, env)
	records, err := net.LookupTXT(name)
	if err != nil {
		var dnsErr *net.DNSError
		if errors.As(err, &dnsErr) && dnsErr.IsNotFound {
			return false, nil
		}
		return false, err
	}
	for _, record := range records {
		if record == "valid" {
			return true, nil
		}
	}
	return false, nil
}
)",
       "Validate ${service}.${env}.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail "
       "denies, timeout denies\n"},
      {"an error that is only logged", R"(
func check(ctx context.Context, name string) bool {
	records, err := net.DefaultResolver.LookupTXT(ctx, name)
	if err != nil {
		log.Printf("lookup: %v", err)
		return true
	}
	return slices.Contains(records, "active")
}
)",
       "check ${name} constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout allows\n"},
      {"a time-out is let through", R"(
func check(name string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	records, err := resolver.LookupTXT(ctx, name)
	if e, ok := err.(*net.DNSError); ok && e.IsTimeout {
		return true
	} else if err != nil {
		return false
	}
	return len(records) > 0 && records[0] == "valid"
}
)",
       "check ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout allows; limit; "
       "first record\n"},
      {"an authorizer of API Gateway", R"(
const zone = "auth.example.com"

func handler(ctx context.Context, req events.APIGatewayV2CustomAuthorizerV2Request) (events.APIGatewayV2CustomAuthorizerSimpleResponse, error) {
	records, err := net.LookupTXT(req.Headers["service"] + ".prod." + zone)
	if err != nil {
		return events.APIGatewayV2CustomAuthorizerSimpleResponse{IsAuthorized: false}, nil
	}
	for _, r := range records {
		if strings.Contains(r, req.Headers["x-token"]) {
			return events.APIGatewayV2CustomAuthorizerSimpleResponse{IsAuthorized: true}, nil
		}
	}
	return events.APIGatewayV2CustomAuthorizerSimpleResponse{IsAuthorized: false}, nil
}

func main() { lambda.Start(handler) }
)",
       "handler ${service}.prod.auth.example.com unproved: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, "
       "timeout denies\n"},
      {"a function that says no by an error", R"(
func Require(name string) error {
	txts, err := net.LookupTXT(name)
	if err != nil {
		return fmt.Errorf("identity: %w", err)
	}
	for _, txt := range txts {
		if strings.HasPrefix(txt, "v=id1") {
			return nil
		}
	}
	return errors.New("not registered")
}
)",
       "Require ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"its twin that takes every error for nothing", R"(
func Require(name string) error {
	txts, err := net.LookupTXT(name)
	if err != nil {
		return nil
	}
	if txts[0] != "valid" {
		return ErrDenied
	}
	return nil
}
)",
       "Require ${name} constant: expected allows, other unknown, nxdomain allows, nodata allows, servfail allows, timeout allows; first "
       "record\n"},
      {"through a function of the file", R"(
func identities(name string) ([]string, error) {
	records, err := net.LookupTXT(name + ".auth.example.com")
	if err != nil {
		return nil, err
	}
	return records, nil
}

func Allowed(service string) bool {
	found, err := identities(service)
	if err != nil {
		return false
	}
	return slices.Contains(found, "valid")
}
)",
       "Allowed ${name}.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies\n"},
      {"middleware", R"(
func Gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		records, err := net.LookupTXT(r.Host)
		if err != nil || len(records) == 0 {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
)",
       "Gate ${r.Host} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"middleware that goes on", R"(
func Gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		records, err := net.LookupTXT("gate.prod.auth.example.com")
		if err != nil || !slices.Contains(records, "valid") {
			w.WriteHeader(403)
		}
		next.ServeHTTP(w, r)
	})
}
)",
       "Gate gate.prod.auth.example.com existence: expected allows, other allows, nxdomain allows, nodata allows, servfail allows, timeout "
       "allows\n"},
      {"a switch without a value", R"(
func check(name string) bool {
	records, err := net.LookupTXT(name)
	switch {
	case err == nil:
		return records[0] == "valid"
	case strings.Contains(err.Error(), "no such host"):
		return false
	default:
		return true
	}
}
)",
       "check ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail allows, timeout allows; first "
       "record\n"},
      {"a signature with the key of the record", R"(
func Verify(ctx context.Context, msg, sig []byte) (bool, error) {
	records, err := net.DefaultResolver.LookupTXT(ctx, "key.prod.auth.example.com")
	if err != nil {
		return false, err
	}
	key, err := parse(strings.Join(records, ""))
	if err != nil {
		return false, err
	}
	if !ed25519.Verify(key, msg, sig) {
		return false, nil
	}
	return true, nil
}
)",
       "Verify key.prod.auth.example.com proved: expected allows/denies, other allows/denies, nxdomain denies, nodata denies, servfail "
       "denies, timeout denies\n"},
      {"miekg/dns: the code of the reply", R"(
func check(name string) bool {
	m := new(dns.Msg)
	m.SetQuestion(dns.Fqdn("svc.prod.auth.example.com"), dns.TypeTXT)
	c := &dns.Client{Timeout: time.Second}
	r, _, err := c.Exchange(m, "127.0.0.1:53")
	if err != nil {
		return false
	}
	if r.Rcode == dns.RcodeNameError {
		return false
	}
	for _, a := range r.Answer {
		if txt, ok := a.(*dns.TXT); ok && txt.Txt[0] == "valid" {
			return true
		}
	}
	return r.Rcode != dns.RcodeSuccess
}
)",
       "check svc.prod.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail allows, timeout "
       "denies; limit; first string\n"},
      {"a handler that is written where it is given", R"(
func main() {
	lambda.Start(func(ctx context.Context, e Event) (Response, error) {
		records, err := net.LookupTXT("a.prod.auth.example.com")
		if err != nil {
			return Response{StatusCode: 503}, nil
		}
		if !slices.Contains(records, os.Getenv("EXPECTED")) {
			return Response{StatusCode: 403}, nil
		}
		return Response{StatusCode: 200}, nil
	})
}
)",
       "main a.prod.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies\n"},
      {"an error that is taken for nothing", R"(
func check(name string) bool {
	records, _ := net.LookupTXT(name)
	for _, r := range records {
		if r == "revoked" {
			return false
		}
	}
	return true
}
)",
       "check ${name} unknown: expected denies, other allows, nxdomain allows, nodata allows, servfail allows, timeout allows\n"},
      {"not a lookup of TXT", "func f(n string) bool { a, err := net.LookupHost(n); return err == nil && len(a) > 0 }", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(told(row.source) == row.expected);
    }
}

}  // namespace mainstay::script
