// What is known of attributes that providers compute. This file is a table.
// Source: the "Attribute Reference" of each resource in its provider's documentation; the host-name forms of the products' own manuals.
#include "ingest/iac/terraform/program.h"

namespace mainstay::terraform {
namespace {

struct Row {
  std::string_view type, attribute, known;
};

constexpr Row kPatterns[] = {
    {"aws_alb", "dns_name", "*.*.elb.amazonaws.com"},
    {"aws_api_gateway_domain_name", "cloudfront_domain_name", "*.cloudfront.net"},
    {"aws_api_gateway_domain_name", "regional_domain_name", "*.execute-api.*.amazonaws.com"},
    {"aws_apigatewayv2_api", "api_endpoint", "*.execute-api.*.amazonaws.com"},
    {"aws_cloudfront_distribution", "domain_name", "*.cloudfront.net"},
    {"aws_cognito_user_pool", "endpoint", "cognito-idp.*.amazonaws.com"},
    {"aws_cognito_user_pool_domain", "cloudfront_distribution", "*.cloudfront.net"},
    {"aws_db_instance", "address", "*.*.*.rds.amazonaws.com"},
    {"aws_eks_cluster", "endpoint", "*.*.*.eks.amazonaws.com"},
    {"aws_eks_cluster", "identity[0].oidc[0].issuer", "oidc.eks.*.amazonaws.com"},
    {"aws_eks_cluster", "identity.0.oidc.0.issuer", "oidc.eks.*.amazonaws.com"},
    {"aws_elb", "dns_name", "*.*.elb.amazonaws.com"},
    {"aws_lambda_function_url", "function_url", "*.lambda-url.*.on.aws"},
    {"aws_lb", "dns_name", "*.*.elb.amazonaws.com"},
    {"aws_s3_bucket", "bucket_regional_domain_name", "*.s3.*.amazonaws.com"},
    {"azurerm_cdn_frontdoor_endpoint", "host_name", "*.azurefd.net"},
    {"azurerm_public_ip", "fqdn", "*.*.cloudapp.azure.com"},
    {"azurerm_traffic_manager_profile", "fqdn", "*.trafficmanager.net"},
    {"google_cloud_run_service", "status[0].url", "*.a.run.app"},
    {"google_cloud_run_v2_service", "uri", "*.a.run.app"},
};

constexpr Row kForms[] = {
    {"aws_s3_bucket", "bucket_domain_name", "{bucket}.s3.amazonaws.com"},
    {"azurerm_app_service", "default_site_hostname", "{name}.azurewebsites.net"},
    {"azurerm_function_app", "default_hostname", "{name}.azurewebsites.net"},
    {"azurerm_key_vault", "vault_uri", "https://{name}.vault.azure.net/"},
    {"azurerm_linux_function_app", "default_hostname", "{name}.azurewebsites.net"},
    {"azurerm_linux_web_app", "default_hostname", "{name}.azurewebsites.net"},
    {"azurerm_storage_account", "primary_blob_host", "{name}.blob.core.windows.net"},
    {"azurerm_windows_function_app", "default_hostname", "{name}.azurewebsites.net"},
    {"azurerm_windows_web_app", "default_hostname", "{name}.azurewebsites.net"},
};

template <std::size_t N>
std::string_view find(const Row (&rows)[N], std::string_view type, std::string_view attribute) {
  for (const Row& row : rows) {
    if (row.type == type && row.attribute == attribute) return row.known;
  }
  return {};
}

}  // namespace

std::string_view computed_pattern(std::string_view type, std::string_view attribute) { return find(kPatterns, type, attribute); }

std::string_view computed_form(std::string_view type, std::string_view attribute) { return find(kForms, type, attribute); }

}  // namespace mainstay::terraform
