#include "ingest/source/scopes.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("scopes: the nearest folder says where a file runs", "[ingest][scopes]") {
  struct Row {
    const char* title;
    std::vector<std::string> names;
    const char* asked;
    const char* id;
    const char* name;
    const char* parent;
  };
  const Row rows[] = {
      {"nothing marks a scope", {"README.md"}, "README.md", "repository:.", ".", ""},
      {"a host's file system", {"hosts/app/etc/resolv.conf"}, "hosts/app/opt/app/.env", "host:hosts/app", "app", "repository:."},
      {"the mark itself", {"hosts/app/etc/resolv.conf"}, "hosts/app/etc/resolv.conf", "host:hosts/app", "app", "repository:."},
      {"a sibling of a host", {"hosts/app/etc/resolv.conf"}, "hosts/db/.env", "repository:.", ".", ""},
      {"the root is a host", {"etc/resolv.conf"}, "opt/app/.env", "host:.", ".", "repository:."},
      {"a name that only ends alike is no mark", {"hosts/app/myetc/resolv.conf"}, "hosts/app/x", "repository:.", ".", ""},
      {"a compose project", {"shop/compose.yaml"}, "shop/api/app.env", "compose:shop", "shop", "repository:."},
      {"a compose project at the root", {"docker-compose.yml"}, "api/app.env", "compose:.", ".", "repository:."},
      {"a project on a host", {"h/etc/resolv.conf", "h/opt/shop/compose.yml"}, "h/opt/shop/x", "compose:h/opt/shop", "shop", "host:h"},
      {"a host inside a project", {"compose.yml", "h/etc/resolv.conf"}, "h/x", "host:h", "h", "compose:."},
      {"a folder that is both is a host", {"h/compose.yml", "h/etc/resolv.conf"}, "h/x", "host:h", "h", "repository:."},
      {"a node of a cluster",
       {"clusters/prod/nodes/n1/etc/resolv.conf"},
       "clusters/prod/nodes/n1/etc/x",
       "host:clusters/prod/nodes/n1",
       "n1",
       "cluster:prod"},
      {"a cluster's folder that is a host",
       {"clusters/prod/etc/resolv.conf"},
       "clusters/prod/x",
       "host:clusters/prod",
       "prod",
       "cluster:prod"},
      {"a cluster is never a home", {"clusters/prod/api.yaml"}, "clusters/prod/api.yaml", "repository:.", ".", ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const HomeScope home = Scopes(row.names).home(row.asked);
      CHECK(home.id == row.id);
      CHECK(home.name == row.name);
      CHECK(home.parent == row.parent);
    }
  }
}

TEST_CASE("scopes: the cluster that a manifest belongs to", "[ingest][scopes]") {
  struct Row {
    const char* title;
    const char* asked;
    const char* id;
    const char* folder;
  };
  const Row rows[] = {
      {"a folder names it", "clusters/prod/api.yaml", "cluster:prod", "clusters/prod"},
      {"deep below", "gitops/clusters/prod/ns/payments/api.yaml", "cluster:prod", "gitops/clusters/prod"},
      {"the nearest wins", "clusters/all/clusters/prod/api.yaml", "cluster:prod", "clusters/all/clusters/prod"},
      {"a file directly below clusters/", "clusters/prod.yaml", "cluster:default", ""},
      {"no folder of that name", "k8s/api.yaml", "cluster:default", ""},
      {"a name that only ends alike", "myclusters/prod/api.yaml", "cluster:default", ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const HomeScope cluster = Scopes().cluster(row.asked);
      CHECK(cluster.id == row.id);
      CHECK(cluster.folder == row.folder);
      CHECK(cluster.parent == "repository:.");
    }
  }
}

TEST_CASE("scopes: what makes a scope is named", "[ingest][scopes]") {
  const std::vector<std::string> names{"clusters/prod/api.yaml", "h/etc/resolv.conf", "shop/compose.yaml", "shop/docker-compose.yml"};
  const Scopes scopes(names);
  CHECK(scopes.made_by(scopes.home("h/x")) == "h/etc/resolv.conf");
  CHECK(scopes.made_by(scopes.home("shop/x")) == "shop/compose.yaml");
  CHECK(scopes.made_by(scopes.cluster("clusters/prod/api.yaml")) == "clusters/prod/");
  CHECK(scopes.made_by(scopes.cluster("k8s/api.yaml")).empty());
  CHECK(scopes.made_by(scopes.home("x")).empty());
}

}  // namespace mainstay
