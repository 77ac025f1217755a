// Service: what the Serverless Framework makes of a service in one stage, as a template of CloudFormation.
#pragma once

#include "ingest/iac/cloudformation/program.h"
#include "ingest/iac/serverless/variables.h"

namespace mainstay::serverless {

/// A service in one stage.
struct DeployedService {
  Value root;  // a template: its functions, roles and authorizers, its own resources, and the records of its domains
  cloudformation::Deployment deployment;
};

/// Source: serverless.com/framework/docs, "Serverless.yml Reference", "AWS Resources"; the README of serverless-domain-manager.
DeployedService deployed(Variables& variables, const Value& root);

}  // namespace mainstay::serverless
