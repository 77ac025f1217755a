// Constants that a file takes from others of its tree.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/ingest/code/script/uses_told.h"

namespace mainstay {
extern const Ingester python;
extern const Ingester javascript;
extern const Ingester go_sources;

namespace {

/// What the other file keeps, whoever asks it.
bool is_kept(const Fact& fact) {
  const Use* use = std::get_if<Use>(&fact);
  return use != nullptr &&
         std::any_of(use->reasons.begin(), use->reasons.end(), [](const Evidence& one) { return one.confidence == Confidence::assumed; });
}

}  // namespace

TEST_CASE("scripts: constants of other files", "[ingest][code][python][javascript][go]") {
  struct Row {
    const char* title;
    const Ingester& ingester;
    const char* name;
    const char* code;
    const char* other_name;
    const char* other;
    const char* uses;
  };
  const char* const kPython = "ISSUER = 'https://corp.okta.com'\nIDP = {'url': 'https://corp.okta.com'}\n";
  const char* const kModule = "export const ISSUER = 'https://corp.okta.com';\nexport default { idp: { url: ISSUER } };\n";
  const char* const kCommon = "const URL = 'https://corp.okta.com';\nmodule.exports = { ISSUER: URL, idp: { url: URL } };\n";
  const Row rows[] = {
      {"Python: a name of a module beside", python, "app/a.py",
       "import requests\nfrom .settings import ISSUER as I\nrequests.get(I + '/x')\n", "app/settings.py", kPython,
       "oidc-issuer corp.okta.com requests.get"},
      {"Python: a module", python, "app/a.py", "import requests\nfrom . import settings\nrequests.get(settings.ISSUER)\n",
       "app/settings.py", kPython, "oidc-issuer corp.okta.com requests.get"},
      {"Python: a module by its whole path", python, "app/web/a.py",
       "import requests\nimport app.settings\nrequests.get(app.settings.ISSUER)\n", "app/settings.py", kPython,
       "oidc-issuer corp.okta.com requests.get"},
      {"Python: all names", python, "app/a.py", "import requests\nfrom app.settings import *\nrequests.get(ISSUER)\n", "app/settings.py",
       kPython, "oidc-issuer corp.okta.com requests.get"},
      {"Python: a package", python, "app/web/a.py", "import requests\nfrom ..settings import ISSUER\nrequests.get(ISSUER)\n",
       "app/settings/__init__.py", kPython, "oidc-issuer corp.okta.com requests.get"},
      {"Python: a name that the module has not", python, "app/a.py", "import requests\nfrom .settings import OTHER\nrequests.get(OTHER)\n",
       "app/settings.py", kPython, ""},
      {"Python: above the root", python, "a.py", "import requests\nfrom ...settings import ISSUER\nrequests.get(ISSUER)\n", "settings.py",
       kPython, ""},
      {"Python: two steps are one too many", python, "app/a.py", "import requests\nfrom .settings import ISSUER\nrequests.get(ISSUER)\n",
       "app/settings.py", "from .base import ISSUER\n", ""},
      {"JavaScript: a name", javascript, "src/a.js", "import { ISSUER as I } from './config.js'; fetch(I + '/x')", "src/config.js", kModule,
       "oidc-issuer corp.okta.com fetch"},
      {"JavaScript: the default", javascript, "src/a.ts", "import config from './config'; fetch(config.idp.url)", "src/config.ts", kModule,
       "oidc-issuer corp.okta.com fetch"},
      {"JavaScript: all of it", javascript, "src/a.js", "import * as c from '../config/index.js'; fetch(`${c.ISSUER}/x`)",
       "config/index.js", kModule, "oidc-issuer corp.okta.com fetch"},
      {"JavaScript: require", javascript, "src/a.js", "const config = require('./config'); fetch(config.ISSUER)", "src/config.js", kCommon,
       "oidc-issuer corp.okta.com fetch"},
      {"JavaScript: require, taken apart", javascript, "src/a.js", "const { ISSUER } = require('../config'); fetch(ISSUER)",
       "config/index.js", kCommon, "oidc-issuer corp.okta.com fetch"},
      {"JavaScript: a table behind require", javascript, "src/a.js", "const { idp } = require('./config'); fetch(idp.url)", "src/config.js",
       kCommon, "oidc-issuer corp.okta.com fetch"},
      {"JavaScript: a package of others", javascript, "src/a.js", "import { ISSUER } from 'config'; fetch(ISSUER)", "src/config.js",
       kModule, ""},
      {"Go: a constant of the package", go_sources, "cmd/a.go", "package main\nfunc f() { http.Get(Issuer + \"/x\") }\n", "cmd/config.go",
       "package main\nconst Issuer = \"https://corp.okta.com\"\n", "oidc-issuer corp.okta.com http.Get"},
      {"Go: one of another folder", go_sources, "cmd/a.go", "package main\nfunc f() { http.Get(Issuer) }\n", "cmd/sub/config.go",
       "package sub\nconst Issuer = \"https://corp.okta.com\"\n", ""},
      {"Go: one of a test", go_sources, "cmd/a.go", "package main\nfunc f() { http.Get(Issuer) }\n", "cmd/config_test.go",
       "package main\nconst Issuer = \"https://corp.okta.com\"\n", ""},
      {"Go: a parameter is none of them", go_sources, "cmd/a.go", "package main\nfunc f(Issuer string) { http.Get(Issuer) }\n",
       "cmd/config.go", "package main\nconst Issuer = \"https://corp.okta.com\"\n", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Ingested got = ingest(row.ingester, {{row.name, row.code}, {row.other_name, row.other}});
      std::erase_if(got.facts, is_kept);
      CHECK(uses_told(got) == row.uses);
      for (const Use& use : got.all<Use>()) CHECK(use.reasons.size() == 2);  // the constant and the call
    }
}

}  // namespace mainstay
