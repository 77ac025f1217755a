#include "ingest/syntax/yaml.h"

#include <string>

#include <catch2/catch.hpp>

#include "tests/ingest/syntax/printed_tree.h"

namespace mainstay {
namespace {

struct Read {
  Source source;
  Diagnostics problems;
  YamlStream stream;

  explicit Read(std::string bytes, bool json = false)
      : source("a.yaml", std::move(bytes)),
        stream(json ? read_json(source, SourceId{}, problems) : read_yaml(source, SourceId{}, problems)) {}
  std::string printed() const {
    std::string out;
    for (const YamlNode* document : stream.documents()) out += (out.empty() ? "" : " --- ") + printed_tree(*document);
    return out;
  }
  std::string messages() const {
    std::string out;
    for (const Diagnostic& one : problems.all())
      out += std::to_string(one.where.line) + ":" + std::to_string(one.where.column) + " " + one.message + "\n";
    return out;
  }
};

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

std::string alias_bomb() {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 12; ++level) {
    const std::string below = "*a" + std::to_string(level - 1);
    text += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" + below;
    for (int i = 1; i < 10; ++i) text += ", " + below;
    text += "]\n";
  }
  return text;
}

}  // namespace

TEST_CASE("yaml: kinds and texts of what is written", "[ingest][yaml]") {
  struct Row {
    const char* title;
    const char* text;
    const char* tree;
  };
  const Row rows[] = {
      {"a map keeps the order of its keys", "b: 1\na: x\n", R"({"b": #1, "a": "x"})"},
      {"lists and maps nest", "a:\n  - b\n  - c: d\n", R"({"a": ["b", {"c": "d"}]})"},
      {"quoted scalars are texts", "a: '1'\nb: \"true\"\nc: 1\nd: true\n", R"({"a": "1", "b": "true", "c": #1, "d": ?true})"},
      {"the original text of a number is kept", "a: 0o17\nb: 0x1F\nc: 1e3\nd: 010\n", R"({"a": #0o17, "b": #0x1F, "c": #1e3, "d": #010})"},
      {"version 1.1 booleans are texts", "a: yes\nb: on\n", R"({"a": "yes", "b": "on"})"},
      {"addresses and times are texts", "a: 10.9.1.53\nb: 12:30\nc: 1.2.3\n", R"({"a": "10.9.1.53", "b": "12:30", "c": "1.2.3"})"},
      {"null in every spelling", "a:\nb: ~\nc: null\n", R"({"a": null, "b": null, "c": null})"},
      {"tags are kept", "a: !Ref vpc\nb: !Sub\n  - x\n", R"({"a": !Ref "vpc", "b": !Sub ["x"]})"},
      {"!!str makes a text of a number", "a: !!str 12\n", R"({"a": !!str "12"})"},
      {"an alias is the value it refers to", "a: &x {k: v}\nb: *x\n", R"({"a": {"k": "v"}, "b": {"k": "v"}})"},
      {"an anchor may be set again", "a: &x 1\nb: &x 2\nc: *x\n", R"({"a": #1, "b": #2, "c": #2})"},
      {"own keys win over merged ones, and earlier merges over later ones",
       "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\n",
       R"({"a": {"x": #1, "y": #1}, "b": {"y": #2, "z": #2}, "c": {"x": #3, "y": #1, "z": #2}})"},
      {"a quoted << is a key", "a: {'<<': b}\n", R"({"a": {"<<": "b"}})"},
      {"several documents; empty ones are left out", "---\na: 1\n---\n---\n# nothing\n---\nb: 2\n...\nc: 3\n",
       R"({"a": #1} --- {"b": #2} --- {"c": #3})"},
      {"directives stay with their document", "%YAML 1.2\n---\na: 1\n...\n%YAML 1.2\n---\nb: 2\n", R"({"a": #1} --- {"b": #2})"},
      {"a document on its marker's line", "--- {a: 1}\n--- text\n", R"({"a": #1} --- "text")"},
      {"a literal block keeps its lines", "a: |\n  x\n\n    y\n  z\n", R"({"a": "x\n\n  y\nz\n"})"},
      {"a folded block joins them", "a: >-\n  x\n  y\n", R"({"a": "x y"})"},
      {"carriage returns end lines", "a:\r\n  - b\r\n", R"({"a": ["b"]})"},
      {"a byte order mark is passed over",
       "\xef\xbb\xbf"
       "a: 1\n",
       R"({"a": #1})"},
      {"an empty stream has no documents", "", ""},
      {"comments alone have no documents", "# a\n---\n# b\n", ""},
      {"keys of any scalar kind", "1: a\ntrue: b\n? c\n: d\n", R"({"1": "a", "true": "b", "c": "d"})"},
      {"a key that is a collection is kept as it is written", "[a, b]: c\n", R"({"[a, b]": "c"})"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Read read(row.text);
      CHECK(read.printed() == row.tree);
      CHECK(read.messages().empty());
    }
  }
}

TEST_CASE("yaml: what is wrong is reported where it stands and the rest is used", "[ingest][yaml]") {
  struct Row {
    const char* title;
    std::string text;
    std::string tree;
    std::string messages;
  };
  const Row rows[] = {
      {"bad: a tab", "a: 1\n---\nb:\n\tc: d\n---\ne: 2\n", R"({"a": #1} --- {"e": #2})",
       "4:1 this is not YAML: a tab is used for indentation\n"},
      {"bad: an unclosed list", "a: [1, 2\n---\nb: 1\n", R"({"b": #1})", "2:1 this is not YAML: flow sequence without a closing bracket\n"},
      {"bad: a key twice", "a: 1\nb: 2\na: 3\n", R"({"a": #3, "b": #2})", "3:1 the key \"a\" is written twice in one map\n"},
      {"bad: an alias of nothing", "a: *b\n", R"({"a": null})", "1:5 no anchor is called &b before this alias\n"},
      {"bad: an alias inside its anchor", "a: &b [*b]\n", R"({"a": [null]})", "1:9 the alias *b stands inside the value it refers to\n"},
      {"bad: octets that are not UTF-8", "a: x\xff\xfe\nb: 1\n", R"({"a": "x??", "b": #1})", "1:5 2 octets of this text are not UTF-8\n"},
      {"bad: a merge of a scalar", "a:\n  <<: b\n  c: 1\n", R"({"a": {"c": #1}})", "2:3 a merge key needs a map or a list of maps\n"},
      {"bad: 10,000 levels", "a: 1\n---\n" + nested(10000) + "\n", R"({"a": #1})", "3:201 values are nested deeper than 200 levels\n"},
      {"good: 200 levels", nested(200), nested(200), ""},
      {"good: a bracket that closes in the column of its key", "a:\n  args: [\n      \"-x\", \"y\",\n  ]\n  b: {\n  c: d\n  }\n",
       R"({"a": {"args": ["-x", "y"], "b": {"c": "d"}}})", ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Read read(row.text);
      CHECK(read.printed() == row.tree);
      CHECK(read.messages() == row.messages);
    }
  }
}

TEST_CASE("yaml: an alias bomb stays small", "[ingest][yaml]") {
  const Read read(alias_bomb());
  REQUIRE(read.stream.documents().size() == 1);
  CHECK(read.stream.documents()[0]->weight < 300'000);
  CHECK(read.problems.all().size() == 1);
  CHECK(read.messages().find("the aliases of this document stand for more than 200000 values") != std::string::npos);
}

TEST_CASE("yaml: a scalar of 50 MB is read", "[ingest][yaml]") {
  const std::string big(50'000'000, 'x');
  const Read read("a: " + big + "\nb: 1\n");
  REQUIRE(read.stream.documents().size() == 1);
  CHECK((*read.stream.documents()[0])["a"].text.size() == big.size());
  CHECK((*read.stream.documents()[0])["b"].text == "1");
}

TEST_CASE("yaml: templates are noted once and not read", "[ingest][yaml]") {
  struct Row {
    const char* title;
    const char* text;
    bool is_template;
  };
  const Row rows[] = {
      {"a value that is a template", "a: {{ .Values.x }}\n", true},
      {"a list item that is a template", "- {{ .Values.x }}\n", true},
      {"control lines", "a: 1\n{{- if .Values.x }}\nb: 2\n{{- end }}\n", true},
      {"a quoted template is a text", "a: \"{{ .Values.x }}\"\n", false},
      {"a template inside a block scalar is a text", "a: |\n  {{ range . }}\n  {{ end }}\n", false},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Read read(row.text);
      CHECK(read.stream.is_template() == row.is_template);
      CHECK(read.problems.all().size() == (row.is_template ? 1 : 0));
    }
  }
}

TEST_CASE("yaml: the note of a template stands where the template begins", "[ingest][yaml]") {
  CHECK(Read("# a licence\na: 1\nb: {{ .Values.x }}\n").messages() == "3:4 a template with {{ }}, not rendered\n");
  CHECK(Read("# a licence\n{% if x %}\na: 1\n").messages() == "2:1 a template with {{ }}, not rendered\n");
}

TEST_CASE("yaml: every node knows its octets", "[ingest][yaml]") {
  struct Row {
    const char* title;
    const char* text;
    const char* key;
    const char* octets;
  };
  const Row rows[] = {
      {"a plain scalar", "x: 1\na: some text # why\n", "a", "some text"},
      {"a quoted scalar, without its quotes", "a: \"b\\tc\"\n", "a", "b\\tc"},
      {"a flow list, with its brackets", "a: [1, [2]]\nb: 1\n", "a", "[1, [2]]"},
      {"a block list, up to its last value", "a:\n  - 1\n  - 22\nb: 1\n", "a", "- 1\n  - 22"},
      {"a block map", "a:\n  b: 1\n  c:\n    d: 2\n\n# end\ne: 3\n", "a", "b: 1\n  c:\n    d: 2"},
      {"octets, not characters", "\xc3\xa9: x\na: \xc3\xa9\n", "a", "\xc3\xa9"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Read read(row.text);
      REQUIRE(read.stream.documents().size() == 1);
      const Location where = (*read.stream.documents()[0])[row.key].where;
      CHECK(read.source.bytes().substr(where.begin, where.end - where.begin) == row.octets);
    }
  }
}

TEST_CASE("yaml: an offset of a decoded text is found in the source", "[ingest][yaml]") {
  struct Row {
    const char* title;
    const char* text;
    const char* word;
    std::size_t offset;  // of the word in the source
  };
  const Row rows[] = {
      {"a plain scalar", "a: one two\n", "two", 7},
      {"a literal block", "a: |\n  one\n\n    two\n  three\n", "three", 22},
      {"a literal block, deeper line", "a: |\n  one\n\n    two\n  three\n", "two", 16},
      {"a literal block that starts with empty lines", "a: |\n\n\n    one\n    two\n", "two", 19},
      {"a literal block with an indentation mark", "a: |2\n    one\n  two\n", "two", 16},
      {"a literal block with carriage returns", "a: |\r\n  one\r\n  two\r\n", "two", 15},
      {"a folded block", "a: >\n  one\n  two\n  three\n", "three", 19},
      {"a folded block with a paragraph", "a: >\n  one\n\n  two\n", "two", 14},
      {"single quotes", "a: 'it''s two'\n", "two", 10},
      {"double quotes with escapes", "a: \"x\\ty \\u00e9 two\"\n", "two", 16},
      {"double quotes over two lines", "a: \"one\n  two\"\n", "two", 10},
      {"a plain scalar over two lines", "a: one\n  two\n", "two", 9},
      {"line feeds as escapes", "a: \"one\\n  two\"\n", "two", 11},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Read read(row.text);
      REQUIRE(read.stream.documents().size() == 1);
      const YamlNode& node = (*read.stream.documents()[0])["a"];
      const std::size_t at = node.text.find(row.word);
      REQUIRE(at != std::string_view::npos);
      const Location where = node.text_map().where(at, at + std::string_view(row.word).size());
      CHECK(where.begin == row.offset);
      CHECK(read.source.bytes().substr(where.begin, where.end - where.begin) == row.word);
    }
  }
}

TEST_CASE("yaml: looking into a tree needs no tests for what is not there", "[ingest][yaml]") {
  const Read read("a: {b: [1]}\nc: 12\nd: 'true'\n");
  const YamlNode& root = *read.stream.documents().at(0);
  CHECK(root["a"]["b"].children.size() == 1);
  CHECK_FALSE(root["x"]["y"]["z"].present());
  CHECK(root["a"].present());
  CHECK(root["c"].count() == 12);
  CHECK(root["d"].is_true());
  CHECK_FALSE(root["a"].count().has_value());
  CHECK(root["x"].text_or("-") == "-");
}

TEST_CASE("json: values, and what is refused", "[ingest][json]") {
  struct Row {
    const char* title;
    std::string text;
    std::string tree;
    std::string messages;
  };
  const Row rows[] = {
      {"all kinds", R"({"a": [1, -2.5e3, "x", true, null, {}], "b": []})", R"({"a": [#1, #-2.5e3, "x", ?true, null, {}], "b": []})", ""},
      {"escapes and surrogate pairs", R"(["\"\\\/\b\n\u00e9\ud83d\ude00"])", "[\"\"\\/\b\\n\xc3\xa9\xf0\x9f\x98\x80\"]", ""},
      {"an empty text is no document", " \n", "", ""},
      {"bad: a key twice", R"({"a": 1, "a": 2})", R"({"a": #2})", "1:11 the key \"a\" is written twice in one map\n"},
      {"bad: a trailing comma; what stands before it is used", R"({"a": 1,})", R"({"a": #1})",
       "1:9 this is not JSON: the key of an object must be a text in double quotes\n"},
      {"bad: a comment", "{\n// no\n}", "{}", "2:1 this is not JSON: the key of an object must be a text in double quotes\n"},
      {"bad: cut off", R"({"a": [1, 2)", R"({"a": [#1, #2]})", "1:12 this is not JSON: the text ends inside a list or an object\n"},
      {"bad: single quotes", "['a']", "[]", "1:2 this is not JSON: no value is written like this\n"},
      {"bad: leading zero", "[01]", "[]", "1:2 this is not JSON: no value is written like this\n"},
      {"bad: two values", "1 2", "#1", "1:3 this is not JSON: text stands behind the end of the JSON value\n"},
      {"bad: a line feed in a text", "[\"a\nb\"]", "[]",
       "1:4 this is not JSON: a control character inside a text must be written as an escape\n"},
      {"bad: not UTF-8", "[\"a\xff\"]", R"(["a?"])", "1:4 1 octets of this text are not UTF-8\n"},
      {"bad: 10,000 levels", nested(10000), "", "1:201 values are nested deeper than 200 levels\n"},
      {"good: 200 levels", nested(200), nested(200), ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Read read(row.text, true);
      CHECK(read.printed() == row.tree);
      CHECK(read.messages() == row.messages);
    }
  }
}

}  // namespace mainstay
