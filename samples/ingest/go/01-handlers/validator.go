// Package gate has the validator as it is published, and one that goes on without an answer.
package gate

import (
	"errors"
	"fmt"
	"log"
	"net"
)

// Validate compares a text of the record with a constant; a name that does not exist says no.
func Validate(service, environment string) (bool, error) {
	records, err := net.LookupTXT(fmt.Sprintf("%s.%s.auth.corp.example", service, environment))
	if err != nil {
		var known *net.DNSError
		if errors.As(err, &known) && known.IsNotFound {
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

// Allowed lets everybody in while the resolver is silent.
func Allowed(token string) bool {
	records, err := net.LookupTXT("billing.prod.auth.corp.example")
	if err != nil {
		log.Printf("identity is not known: %v", err)
		return true
	}
	return records[0] == token
}
