// lookup NAME COUNT: resolves NAME, COUNT times, and prints one line each: the microseconds, a blank, and how it ended.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

func ending(err error) string {
	var dns *net.DNSError
	switch {
	case err == nil:
		return "answered"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "denied"
	}
	return "failed"
}

func main() {
	if len(os.Args) != 3 {
		os.Exit(2)
	}
	count, _ := strconv.Atoi(os.Args[2])
	resolver := net.Resolver{PreferGo: true}
	for ; count > 0; count-- {
		begin := time.Now()
		_, err := resolver.LookupIPAddr(context.Background(), os.Args[1])
		fmt.Println(time.Since(begin).Microseconds(), ending(err))
	}
}
