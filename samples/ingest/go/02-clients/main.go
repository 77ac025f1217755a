package main

import (
	"context"
	"net/http"
	"os"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-ldap/ldap/v3"
	"golang.org/x/oauth2"
)

const realm = "https://id.corp.example/realms/main"

var conf = oauth2.Config{Endpoint: oauth2.Endpoint{AuthURL: realm + "/auth", TokenURL: realm + "/token"}}

func issuer() string {
	if url := os.Getenv("OIDC_ISSUER_URL"); url != "" {
		return url
	}
	return realm
}

func main() {
	ctx := context.Background()
	provider, err := oidc.NewProvider(ctx, realm)
	if err != nil {
		panic(err)
	}
	directory, err := ldap.DialURL("ldaps://ldap.corp.example:636")
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRegion("eu-central-1"))
	client := sts.NewFromConfig(cfg)
	secrets, err := http.Get(os.Getenv("VAULT_ADDR") + "/v1/auth/kubernetes/login")
	weather, err := http.Get("https://weather.example.org/today")
	_, _, _, _, _ = provider, directory, client, secrets, weather
}
