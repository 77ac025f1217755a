package main

// Brackets and texts that are not closed.
func main() {
	http.Get("https://vault.corp.example:8200/v1/auth/kubernetes/login)
	oidc.NewProvider(ctx, "https://id.corp.example")
	x := `open
