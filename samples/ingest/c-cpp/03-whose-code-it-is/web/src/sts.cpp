#include <aws/core/Aws.h>
#include <aws/sts/STSClient.h>

void assume(const Aws::String& token) {
  Aws::Client::ClientConfiguration configuration;
  configuration.region = Aws::Region::EU_CENTRAL_1;
  Aws::STS::STSClient client(configuration);
}
