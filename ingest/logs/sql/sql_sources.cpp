// How products lay query logs out in databases. A table of constants.
#include "ingest/logs/sql/sql_source.h"

namespace mainstay {
namespace {

// dnsmonster writes each packet: of a reply the source is the server.
// Source: dnsmonster, clickhouse/tables.sql and internal/output/postgres.go.
constexpr SqlSource kDnsmonsterClickhouse{.schema = "dnsmonster",
                                          .engine = SqlEngine::clickhouse,
                                          .is_tested = true,
                                          .table = "DNS_LOG",
                                          .server = "if(QR = 0, toString(DstIP), toString(SrcIP))",
                                          .client = "if(QR = 0, toString(SrcIP), toString(DstIP))",
                                          .name = "lower(Question)",
                                          .type = "toString(Type)",
                                          .rcode = "if(QR = 0, '', toString(ResponseCode))",
                                          .time = "toInt64(round(toFloat64(PacketTime) * 1000000))",
                                          .is_answer = "toUInt64(QR)",
                                          .where = "Class = 1"};
constexpr SqlSource kDnsmonsterPostgres{.schema = "dnsmonster",
                                        .engine = SqlEngine::postgres,
                                        .is_tested = true,
                                        .table = "dns_log",
                                        .server = "host(CASE QR WHEN 0 THEN DstIP ELSE SrcIP END)",
                                        .client = "host(CASE QR WHEN 0 THEN SrcIP ELSE DstIP END)",
                                        .name = "lower(Question)",
                                        .type = "Type::text",
                                        .rcode = "CASE QR WHEN 0 THEN '' ELSE ResponseCode::text END",
                                        .time = "round(extract(epoch FROM PacketTime) * 1000000)::bigint",
                                        .is_answer = "QR::bigint",
                                        .where = "Class = 1"};
constexpr SqlSource kDnsmonsterDuckdb{.schema = "dnsmonster",
                                      .engine = SqlEngine::duckdb,
                                      .table = "DNS_LOG",
                                      .server = "CAST(CASE QR WHEN 0 THEN DstIP ELSE SrcIP END AS VARCHAR)",
                                      .client = "CAST(CASE QR WHEN 0 THEN SrcIP ELSE DstIP END AS VARCHAR)",
                                      .name = "lower(Question)",
                                      .type = "CAST(Type AS VARCHAR)",
                                      .rcode = "CASE QR WHEN 0 THEN '' ELSE CAST(ResponseCode AS VARCHAR) END",
                                      .time = "epoch_us(CAST(PacketTime AS TIMESTAMP))",
                                      .is_answer = "CAST(QR AS BIGINT)",
                                      .where = "Class = 1"};

// go-dnscollector names client and server of each message, in questions and replies. Source: go-dnscollector, workers/clickhouse.go.
constexpr SqlSource kDnscollectorClickhouse{
    .schema = "go-dnscollector",
    .engine = SqlEngine::clickhouse,
    .is_tested = true,
    .table = "dnscollector.records",
    .server = "responseip",
    .client = "queryip",
    .name = "lower(qname)",
    .type = "qtype",
    .rcode = "if(operation LIKE '%_RESPONSE', rcode, '')",
    .time = "intDiv(toInt64(timensec), 1000)",
    .latency = "if(operation LIKE '%_RESPONSE', toInt64(round(toFloat64(latency) * 1000000)), NULL)",
    .is_answer = "if(operation LIKE '%_RESPONSE', 1, 0)",
    .where = {}};

// Source: Amazon Athena User Guide, "Create the table for resolver query logs". DuckDB reads the files of the bucket themselves.
constexpr SqlSource kRoute53Athena{.schema = "route53-resolver",
                                   .engine = SqlEngine::athena,
                                   .table = "r53_rlogs",
                                   .server = "coalesce(vpc_id, '')",
                                   .client = "srcaddr",
                                   .name = "lower(query_name)",
                                   .type = "query_type",
                                   .rcode = "coalesce(rcode, '')",
                                   .time = "CAST(round(to_unixtime(from_iso8601_timestamp(query_timestamp)) * 1000000) AS bigint)",
                                   .is_answer = "1",
                                   .where = "query_class = 'IN'"};
constexpr SqlSource kRoute53Duckdb{.schema = "route53-resolver",
                                   .engine = SqlEngine::duckdb,
                                   .table = "r53_rlogs",
                                   .server = "coalesce(vpc_id, '')",
                                   .client = "srcaddr",
                                   .name = "lower(query_name)",
                                   .type = "query_type",
                                   .rcode = "coalesce(rcode, '')",
                                   .time = "epoch_us(CAST(query_timestamp AS TIMESTAMP))",
                                   .is_answer = "1",
                                   .where = "query_class = 'IN'"};

// Source: Google Cloud, "Use Cloud DNS logging and monitoring"; a log sink has one table for each log.
constexpr SqlSource kGoogleBigquery{.schema = "google-cloud-dns",
                                    .engine = SqlEngine::bigquery,
                                    .table = "dns_logs.dns_googleapis_com_dns_queries",
                                    .server = "IFNULL(jsonPayload.destinationIP, '')",
                                    .client = "IFNULL(jsonPayload.sourceIP, '')",
                                    .name = "LOWER(jsonPayload.queryName)",
                                    .type = "jsonPayload.queryType",
                                    .rcode = "IFNULL(jsonPayload.responseCode, '')",
                                    .time = "UNIX_MICROS(timestamp)",
                                    .latency = "CAST(ROUND(jsonPayload.serverLatency * 1000) AS INT64)",
                                    .is_answer = "1"};

// Source: Azure Monitor, tables DNSQueryLogs and AZFWDnsQuery.
constexpr SqlSource kAzureKql{.schema = "azure-dns",
                              .engine = SqlEngine::kql,
                              .table = "DNSQueryLogs",
                              .server = "tostring(PrivateResolverEndpointId)",
                              .client = "SourceIpAddress",
                              .name = "tolower(QueryName)",
                              .type = "tostring(QueryType)",
                              .rcode = "tostring(ResponseCode)",
                              .time = "tolong((TimeGenerated - datetime(1970-01-01)) / 1microsecond)",
                              .latency = "tolong(QueryResponseTime) * 1000",
                              .is_answer = "1"};
constexpr SqlSource kAzureFirewallKql{.schema = "azure-firewall",
                                      .engine = SqlEngine::kql,
                                      .table = "AZFWDnsQuery",
                                      .server = "tostring(_ResourceId)",
                                      .client = "SourceIp",
                                      .name = "tolower(QueryName)",
                                      .type = "QueryType",
                                      .rcode = "ResponseCode",
                                      .time = "tolong((TimeGenerated - datetime(1970-01-01)) / 1microsecond)",
                                      .latency = "tolong(round(RequestDurationSecs * 1000000))",
                                      .is_answer = "1"};

// Source: Cloudflare, Logpush dataset dns_logs; Timestamp in nanoseconds, as Logpush writes it where nothing else is chosen.
constexpr SqlSource kCloudflareBigquery{.schema = "cloudflare",
                                        .engine = SqlEngine::bigquery,
                                        .table = "cloudflare.dns_logs",
                                        .server = "ColoCode",
                                        .client = "SourceIP",
                                        .name = "LOWER(QueryName)",
                                        .type = "CAST(QueryType AS STRING)",
                                        .rcode = "CAST(ResponseCode AS STRING)",
                                        .time = "DIV(CAST(Timestamp AS INT64), 1000)",
                                        .is_answer = "1"};
constexpr SqlSource kCloudflareClickhouse{.schema = "cloudflare",
                                          .engine = SqlEngine::clickhouse,
                                          .is_tested = true,
                                          .table = "dns_logs",
                                          .server = "ColoCode",
                                          .client = "SourceIP",
                                          .name = "lower(QueryName)",
                                          .type = "toString(QueryType)",
                                          .rcode = "toString(ResponseCode)",
                                          .time = "intDiv(toInt64(Timestamp), 1000)",
                                          .is_answer = "1",
                                          .where = {}};
constexpr SqlSource kCloudflareDuckdb{.schema = "cloudflare",
                                      .engine = SqlEngine::duckdb,
                                      .table = "dns_logs",
                                      .server = "ColoCode",
                                      .client = "SourceIP",
                                      .name = "lower(QueryName)",
                                      .type = "CAST(QueryType AS VARCHAR)",
                                      .rcode = "CAST(ResponseCode AS VARCHAR)",
                                      .time = "CAST(Timestamp AS BIGINT) // 1000",
                                      .is_answer = "1"};

constexpr SqlSource kSources[] = {kDnsmonsterClickhouse, kDnsmonsterPostgres, kDnsmonsterDuckdb,     kDnscollectorClickhouse,
                                  kRoute53Athena,        kRoute53Duckdb,      kGoogleBigquery,       kAzureKql,
                                  kAzureFirewallKql,     kCloudflareBigquery, kCloudflareClickhouse, kCloudflareDuckdb};

}  // namespace

std::span<const SqlSource> all_sql_sources() { return kSources; }

}  // namespace mainstay
