// What a workload is for, in every format that has a place for it.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/ingest/ingested.h"

namespace mainstay {
namespace {

Ingested read(std::string_view format, const char* name, const char* text) {
  const auto all = all_ingesters();
  const auto at = std::find_if(all.begin(), all.end(), [&](const Ingester* one) { return one->name == format; });
  REQUIRE(at != all.end());
  return ingest(**at, {{name, text}});
}

constexpr const char* kPod =
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: rescue\n  namespace: ops\n  %s:\n    mainstay.io/purpose: %s\nspec:\n  containers: "
    "[{name: "
    "a, image: b}]\n";

std::string pod(std::string_view part, std::string_view value) {
  std::string text = kPod;
  text.replace(text.find("%s"), 2, part);
  text.replace(text.find("%s"), 2, value);
  return text;
}

}  // namespace

TEST_CASE("purpose: where it is declared", "[ingest][purpose]") {
  struct Row {
    const char* title;
    const char* format;
    const char* name;
    std::string text;
    Purpose purpose;
    std::size_t problems;
  };
  const Row rows[] = {
      {"an environment file", "dotenv", "opt/rescue/.env", "MAINSTAY_PURPOSE=break-glass\n", Purpose::break_glass, 0},
      {"an environment file without it", "dotenv", "opt/rescue/.env", "VAULT_ADDR=https://a.example\n", Purpose::ordinary, 0},
      {"the last assignment wins", "dotenv", "opt/rescue/.env", "MAINSTAY_PURPOSE=status\nMAINSTAY_PURPOSE=monitoring\n",
       Purpose::monitoring, 1},
      {"bad: a word that is none", "dotenv", "opt/rescue/.env", "MAINSTAY_PURPOSE=yes\n", Purpose::ordinary, 1},
      {"an annotation", "kubernetes", "clusters/a/pod.yaml", pod("annotations", "break-glass"), Purpose::break_glass, 0},
      {"a label", "kubernetes", "clusters/a/pod.yaml", pod("labels", "administration"), Purpose::administration, 0},
      {"bad: an annotation with another word", "kubernetes", "clusters/a/pod.yaml", pod("annotations", "\"true\""), Purpose::ordinary, 1},
      {"labels of a Compose service", "compose", "compose.yaml",
       "services:\n  page:\n    image: a\n    labels:\n      mainstay.io/purpose: status\n", Purpose::status, 0},
      {"labels as a list", "compose", "compose.yaml", "services:\n  page:\n    image: a\n    labels: [mainstay.io/purpose=status]\n",
       Purpose::status, 0},
      {"bad: a label without a value", "compose", "compose.yaml", "services:\n  page:\n    image: a\n    labels: [mainstay.io/purpose]\n",
       Purpose::ordinary, 1},
      {"a tag at Amazon", "terraform", "main.tf",
       "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  tags = {\n    \"mainstay.io/purpose\" = \"monitoring\"\n  "
       "}\n}\n",
       Purpose::monitoring, 0},
      {"a tag at Azure, which takes no slash", "terraform", "main.tf",
       "resource \"azurerm_linux_function_app\" \"f\" {\n  name = \"f\"\n  tags = { mainstay-purpose = \"break-glass\" }\n}\n",
       Purpose::break_glass, 0},
      {"a label at Google", "terraform", "main.tf",
       "resource \"google_cloud_run_v2_service\" \"f\" {\n  name = \"f\"\n  labels = { mainstay-purpose = \"break-glass\" }\n}\n",
       Purpose::break_glass, 0},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = read(row.format, row.name, row.text.c_str());
      const std::vector<Workload> workloads = got.all<Workload>();
      REQUIRE_FALSE(workloads.empty());
      CHECK(workloads.front().purpose == row.purpose);
      CHECK(got.problems.size() == row.problems);
      if (row.purpose != Purpose::ordinary) CHECK(workloads.front().reasons.back().place.line > 0);
    }
  }
}

TEST_CASE("recovery objective: lengths of time", "[ingest][purpose]") {
  struct Row {
    const char* text;
    std::optional<std::uint32_t> seconds;
    std::size_t problems;
  };
  const Row rows[] = {{"90s", 90, 0},
                      {"30m", 1800, 0},
                      {"2h", 7200, 0},
                      {"30", {}, 1},
                      {"m", {}, 1},
                      {"0m", {}, 1},
                      {"-5m", {}, 1},
                      {"1.5h", {}, 1},
                      {"30min", {}, 1},
                      {"30d", {}, 1},
                      {"4294967295s", UINT32_MAX, 0},
                      {"4294967295m", {}, 1},
                      {"4294967296s", {}, 1}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.text) {
      const Ingested got = read("dotenv", "opt/app/.env", fmt::format("MAINSTAY_RECOVERY_OBJECTIVE={}\n", row.text).c_str());
      REQUIRE(got.all<Workload>().size() == 1);
      CHECK(got.all<Workload>()[0].recovery_objective == row.seconds);
      CHECK(got.problems.size() == row.problems);
    }
}

}  // namespace mainstay
