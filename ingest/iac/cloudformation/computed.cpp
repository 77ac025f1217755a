// What is known of attributes that the service computes. This file is a table.
// Source: "Return values" of each resource type in the AWS CloudFormation Template Reference Guide; host-name forms of the services'
// guides.
#include <algorithm>
#include <iterator>

#include "ingest/iac/cloudformation/program.h"

namespace mainstay::cloudformation {
namespace {

struct Row {
  std::string_view type, attribute, known;
};

constexpr Row kForms[] = {
    {"AWS::ApiGatewayV2::Api", "ApiEndpoint", "https://{}.execute-api.{region}.amazonaws.com"},
    {"AWS::Cognito::UserPool", "ProviderName", "cognito-idp.{region}.amazonaws.com/{}"},
    {"AWS::Cognito::UserPool", "ProviderURL", "https://cognito-idp.{region}.amazonaws.com/{}"},
    {"AWS::EKS::Cluster", "OpenIdConnectIssuerUrl", "https://oidc.eks.{region}.amazonaws.com/id/{}"},
    {"AWS::Lambda::Url", "FunctionUrl", "https://{}.lambda-url.{region}.on.aws/"},
    {"AWS::Route53::HostedZone", "Name", "{Name}"},
    {"AWS::S3::Bucket", "DomainName", "{BucketName}.s3.amazonaws.com"},
    {"AWS::S3::Bucket", "RegionalDomainName", "{BucketName}.s3.{region}.amazonaws.com"},
};

constexpr Row kPatterns[] = {
    {"AWS::ApiGateway::DomainName", "DistributionDomainName", "*.cloudfront.net"},
    {"AWS::ApiGateway::DomainName", "RegionalDomainName", "*.execute-api.*.amazonaws.com"},
    {"AWS::ApiGatewayV2::DomainName", "RegionalDomainName", "*.execute-api.*.amazonaws.com"},
    {"AWS::AppRunner::Service", "ServiceUrl", "*.*.awsapprunner.com"},
    {"AWS::CloudFront::Distribution", "DomainName", "*.cloudfront.net"},
    {"AWS::Cognito::UserPoolDomain", "CloudFrontDistribution", "*.cloudfront.net"},
    {"AWS::EKS::Cluster", "Endpoint", "*.*.*.eks.amazonaws.com"},
    {"AWS::ElastiCache::ReplicationGroup", "PrimaryEndPoint.Address", "*.cache.amazonaws.com"},
    {"AWS::ElasticBeanstalk::Environment", "EndpointURL", "*.elb.amazonaws.com"},
    {"AWS::ElasticLoadBalancing::LoadBalancer", "CanonicalHostedZoneName", "*.*.elb.amazonaws.com"},
    {"AWS::ElasticLoadBalancing::LoadBalancer", "DNSName", "*.*.elb.amazonaws.com"},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "DNSName", "*.*.elb.amazonaws.com"},
    {"AWS::OpenSearchService::Domain", "DomainEndpoint", "*.*.es.amazonaws.com"},
    {"AWS::RDS::DBCluster", "Endpoint.Address", "*.*.*.rds.amazonaws.com"},
    {"AWS::RDS::DBInstance", "Endpoint.Address", "*.*.*.rds.amazonaws.com"},
    {"AWS::S3::Bucket", "DomainName", "*.s3.amazonaws.com"},
    {"AWS::S3::Bucket", "RegionalDomainName", "*.s3.*.amazonaws.com"},
};

/// Types whose Ref is a name that a property sets.
constexpr Row kNamed[] = {
    {"AWS::ApiGateway::DomainName", "", "DomainName"},
    {"AWS::ApiGatewayV2::DomainName", "", "DomainName"},
    {"AWS::Cognito::UserPoolDomain", "", "Domain"},
    {"AWS::IAM::Role", "", "RoleName"},
    {"AWS::Lambda::Function", "", "FunctionName"},
    {"AWS::Route53::RecordSet", "", "Name"},
    {"AWS::S3::Bucket", "", "BucketName"},
    {"AWS::SSM::Parameter", "", "Name"},
};

template <std::size_t N>
std::string_view find(const Row (&rows)[N], std::string_view type, std::string_view attribute) {
  const Row* row =
      std::find_if(std::begin(rows), std::end(rows), [&](const Row& one) { return one.type == type && one.attribute == attribute; });
  return row == std::end(rows) ? std::string_view() : row->known;
}

}  // namespace

std::string_view computed_form(std::string_view type, std::string_view attribute) { return find(kForms, type, attribute); }

std::string_view computed_pattern(std::string_view type, std::string_view attribute) { return find(kPatterns, type, attribute); }

std::string_view named_by(std::string_view type) { return find(kNamed, type, ""); }

}  // namespace mainstay::cloudformation
