#include "ingest/code/endpoint_uses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/code/ast/ast_pass.h"
#include "ingest/code/client_limits.h"
#include "ingest/code/curl_handles.h"
#include "ingest/code/headers.h"
#include "ingest/code/kept_names.h"
#include "ingest/code/known_calls.h"
#include "ingest/code/named_uses.h"
#include "ingest/code/seen_calls.h"

namespace mainstay::code {
namespace {

constexpr int kMaxCallers = 3;           // functions that hand a name on to each other
constexpr std::size_t kMaxValues = 500;  // of one file

std::optional<std::uint16_t> port_of(std::string_view service) {
  if (service == "ldap") return 389;
  if (service == "ldaps") return 636;
  if (service == "kerberos") return 88;
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(service.data(), service.data() + service.size(), port);
  return error == std::errc() && end == service.data() + service.size() && port != 0 ? std::optional(port) : std::nullopt;
}

class Reader {
 public:
  Reader(Unit& unit, const CodeFile& file)
      : unit_(unit),
        file_(file),
        headers_(unit),
        expressions_(file, [this](std::string_view name) { return headers_.constant(name); }),
        sites_(call_sites(file)),
        curl_(file, sites_, expressions_),
        limits_(file, sites_, expressions_),
        uses_(unit) {}

  void read() {
    const bool has_calls = names_known_call(unit_.source().bytes());
    Result<std::vector<ast::SeenCall>> by_tree = std::vector<ast::SeenCall>();
    if (has_calls) by_tree = ast::calls_of(unit_, headers_);
    if (!by_tree) unit_.note({}, "it is read by its tokens only: " + by_tree.error());
    SeenCalls seen(by_tree ? *std::move(by_tree) : std::vector<ast::SeenCall>());
    for (const CallSite& site : sites_) {
      by_tree_ = seen.take(*site.row, file_.tokens()[site.at].where.begin);
      if (std::any_of(by_tree_.begin(), by_tree_.end(), [](const ast::SeenCall* one) { return one->is_other; })) continue;
      texts_.clear();
      take(site);
      add_texts(&site);
    }
    texts_.clear();
    for (const ast::SeenCall* call : seen.rest()) {
      by_tree_ = {call};
      if (!call->is_other) take(*call);
    }
    take_kept();
    uses_.finish(is_cut_off_ || expressions_.is_exhausted() || sites_.size() >= kMaxCallSites);
  }

 private:
  void take(const CallSite& site) {
    const KnownCall& row = *site.row;
    if (row.takes == Takes::verify) return take_verify(site, 1);
    if (row.takes == Takes::region) return take_region(site);
    if (row.takes == Takes::nothing) return take_fixed(call_of(site), row);
    if (row.takes == Takes::service_name) return take_service(site);
    if (row.takes == Takes::option) {
      if (site.arguments.size() < 3 || site.arguments[1].size() != 1) return;
      const std::string_view option = site.arguments[1][0].text;
      if (option == "CURLOPT_SSL_VERIFYPEER" || option == "CURLOPT_SSL_VERIFYHOST") return take_verify(site, 2);
      if (option == "CURLOPT_DNS_SERVERS") return take_servers(site);
      if (option != "CURLOPT_URL" && option != "CURLUPART_URL" && option != "CURLUPART_HOST") return;
    }
    const std::optional<std::size_t> argument = argument_of(site);
    if (!argument) return;
    follow(site, site.arguments[*argument], {site.at, file_.function_at(site.at), nullptr}, 0);
  }

  /// A call that the tokens do not show: behind a macro, on an object or a type of another name.
  void take(const ast::SeenCall& call) {
    const KnownCall& row = known_calls()[call.row];
    if (call.is_unverified) return note_unverified(call.where);
    if (row.takes == Takes::nothing) return take_fixed(call_of(call), row);
    if (row.takes != Takes::region) return add_texts(nullptr);
    const bool is_overridden =
        std::any_of(file_.tokens().begin(), file_.tokens().end(), [](const CxxToken& one) { return one.text == "endpointOverride"; });
    if (is_overridden) return uses_.add_unknown();
    add_of_region(call_of(call), row, Text(Hole{.name = "AWS_REGION"}));
  }

  /// Adds what both ways of reading say of one call.
  void add_texts(const CallSite* site) {
    const std::vector<SeenText> texts = merged_texts(texts_, by_tree_);
    if (texts.empty() && site == nullptr) uses_.add_unknown();
    for (const SeenText& text : texts) {
      NamingCall call = text.by_tokens ? call_of(*site) : call_of(*text.by_tree);
      call.seen_by = seen_by(text);
      ++values_;
      uses_.add(call, text.value, [&](Use& use) {
        if (site != nullptr && site->row->name == "curl_easy_setopt") curl_.complete(unit_, *site, use);
        if (site != nullptr && site->row->scope == "cpr" && !use.bypasses_dns) limits_.complete_cpr(unit_, *site, use);
        if (site != nullptr && site->row->takes == Takes::region && !use.bypasses_dns)
          limits_.complete_amazon(unit_, *site, configuration_of(*site), use);
        if (text.by_tree != nullptr && !use.bypasses_dns) complete(*text.by_tree, use);
        const bool is_kept = (site != nullptr && is_once(*site)) || (text.by_tree != nullptr && text.by_tree->is_once);
        if (!use.bypasses_dns && is_kept) use.resolves = Resolves::once;
      });
    }
  }

  void complete(const ast::SeenCall& call, Use& use) const {
    if (call.time == ast::SeenTime::standard && !use.deadline) set_standard_time(use);
    if (call.time != ast::SeenTime::set) return;
    use.deadline = call.milliseconds;
    use.deadline_reasons = {unit_.declared(call.time_where)};
  }

  /// resolver.resolve(tcp::v4(), host, service): the protocol may come first.
  static std::size_t shift_of(const CallSite& site) {
    const bool has_protocol = site.row->scope == "resolver" && !site.arguments.empty() && !site.arguments[0].empty() &&
                              site.arguments[0].back().is(")") &&
                              std::any_of(site.arguments[0].begin(), site.arguments[0].end(),
                                          [](const CxxToken& one) { return one.text == "v4" || one.text == "v6"; });
    return has_protocol ? 1 : 0;
  }

  static std::optional<std::size_t> argument_of(const CallSite& site) {
    const std::size_t at = static_cast<std::size_t>(site.row->argument) + shift_of(site);
    return at < site.arguments.size() && !site.arguments[at].empty() ? std::optional(at) : std::nullopt;
  }

  /// The value of an argument; of a parameter, what each caller in the file gives for it.
  void follow(const CallSite& site, CxxTokens argument, const Scene& scene, int depth) {
    if (values_ + texts_.size() >= kMaxValues) {
      is_cut_off_ = true;
      return;
    }
    const Value value = expressions_.value(argument, scene);
    const std::vector<std::size_t> callers = depth < kMaxCallers ? callers_of(value, scene) : std::vector<std::size_t>();
    if (callers.empty()) return texts_.push_back(value);
    for (const std::size_t caller : callers) {
      const std::optional<std::vector<CxxTokens>> given = arguments_at(file_, caller);
      if (!given) continue;
      const Scene around{caller, file_.function_at(caller), nullptr};
      Bound bound;
      for (std::size_t at = 0; at < std::min(given->size(), scene.function->parameters.size()); ++at) {
        const std::string_view parameter = scene.function->parameters[at];
        if (!parameter.empty()) bound.emplace(parameter, expressions_.value((*given)[at], around));
      }
      const Value filled = expressions_.value(argument, {scene.at, scene.function, &bound});
      // A caller may have it from its own caller: only a plain parameter is followed further.
      if (!filled.has_literal && !callers_of(filled, around).empty() && depth + 1 < kMaxCallers) {
        const auto at = position(*scene.function, value);
        if (at && *at < given->size()) {
          follow(site, (*given)[*at], around, depth + 1);
          continue;
        }
      }
      texts_.push_back(filled);
    }
  }

  /// The parameter that a value is, or that is a part of it.
  static std::optional<std::size_t> position(const Function& function, const Value& value) {
    for (const Text::Piece& piece : value.text.pieces()) {
      const Hole* hole = std::get_if<Hole>(&piece);
      if (hole == nullptr) continue;
      const auto at = std::find_if(function.parameters.begin(), function.parameters.end(),
                                   [&](std::string_view one) { return !one.empty() && hole->name == one; });
      if (at != function.parameters.end()) return static_cast<std::size_t>(at - function.parameters.begin());
    }
    return std::nullopt;
  }

  std::vector<std::size_t> callers_of(const Value& value, const Scene& scene) const {
    std::vector<std::size_t> callers;
    if (scene.function == nullptr || !position(*scene.function, value)) return callers;
    for (const std::size_t at : file_.called(scene.function->name)) {
      if (at != scene.function->name_at && file_.function_at(at) != scene.function && arguments_at(file_, at)) callers.push_back(at);
    }
    return callers;
  }

  NamingCall call_of(const CallSite& site) {
    return {.key = std::string(site.row->takes == Takes::option ? site.arguments[1][0].text : site.row->name),
            .takes_host = site.row->takes == Takes::host,
            .role = site.row->role,
            .port = service_port(site),
            .where = file_.tokens()[site.at].where,
            .seen_by = by_tree_.empty() ? "tokens" : "tokens and syntax tree"};
  }

  static NamingCall call_of(const ast::SeenCall& call) {
    const KnownCall& row = known_calls()[call.row];
    return {.key = row.takes == Takes::option ? call.option : std::string(row.name),
            .takes_host = row.takes == Takes::host,
            .role = row.role,
            .port = row.service < 0 ? std::nullopt : port_of(call.service),
            .where = call.where,
            .seen_by = "syntax tree"};
  }

  std::optional<std::uint16_t> service_port(const CallSite& site) {
    if (site.row->service < 0) return std::nullopt;
    const std::size_t service = static_cast<std::size_t>(site.row->service) + shift_of(site);
    if (service >= site.arguments.size()) return std::nullopt;
    return port_of(expressions_.value(site.arguments[service], {site.at, file_.function_at(site.at), nullptr}).text.known().value_or(""));
  }

  /// A lookup whose result is kept in something static, behind a question whether it is there already.
  bool is_once(const CallSite& site) const {
    const CxxTokens tokens = file_.tokens();
    const std::size_t begin = file_.statement(site.at);
    const bool is_initialiser =
        file_.function_at(site.at) == nullptr && site.at - begin > 2 &&
        std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(begin) + 2, tokens.begin() + static_cast<std::ptrdiff_t>(site.at),
                    [](const CxxToken& one) { return one.is("="); });
    if (is_initialiser || tokens[begin].text == "static") return true;
    const int result = result_argument(site.row->name);
    if (result < 0 || static_cast<std::size_t>(result) >= site.arguments.size()) return false;
    const CxxTokens written = site.arguments[static_cast<std::size_t>(result)];
    if (written.size() != 2 || !written[0].is("&")) return false;
    bool is_static = false, is_asked = false;
    for (std::size_t at = 0; at < site.at; ++at) {
      if (tokens[at].text != written[1].text) continue;
      is_static = is_static || tokens[file_.statement(at)].text == "static";
      const bool is_null =
          at + 2 < site.at && tokens[at + 1].is("==") && (tokens[at + 2].text == "NULL" || tokens[at + 2].text == "nullptr");
      is_asked = is_asked || (at > 0 && tokens[at - 1].is("!")) || is_null;
    }
    return is_static && is_asked;
  }

  /// The acceptor's name is looked up to make it canonical, and the service says what it is.
  void take_service(const CallSite& site) {
    const std::optional<std::size_t> argument = argument_of(site);
    if (!argument) return;
    const CxxTokens buffer = site.arguments[*argument];
    if (buffer.back().kind != CxxTokenKind::word) return uses_.add_unknown();
    const auto last = static_cast<std::size_t>(&buffer.back() - file_.tokens().data());
    const Value value = expressions_.named(file_.path(last).text + ".value", buffer, {site.at, file_.function_at(site.at), nullptr});
    const std::string written = value.text.skeleton();
    const std::size_t at = written.find('@');
    if (at == std::string::npos) return uses_.add_unknown();
    NamingCall call = call_of(site);
    call.takes_host = true;
    if (written.substr(0, at) == "ldap") call.role = Role::ldap;
    Value host = value;
    host.text = value.text.slice(at + 1, written.size());
    uses_.add(call, host);
  }

  /// A client that asks a host which its library knows.
  void take_fixed(const NamingCall& call, const KnownCall& row) {
    if (!sets_hosts_) {
      sets_hosts_ = std::any_of(file_.tokens().begin(), file_.tokens().end(),
                                [](const CxxToken& one) { return one.text == "AuthorityHost" || one.text == "EndpointOption"; });
    }
    if (*sets_hosts_) {
      uses_.add_unknown();  // another host may be set
      return;
    }
    uses_.add_fixed(call, row.host);
  }

  /// An AWS client asks the endpoint of its region, unless its configuration overrides it.
  void take_region(const CallSite& site) {
    const Scene scene{site.at, file_.function_at(site.at), nullptr};
    const std::string configuration = configuration_of(site);
    const std::optional<Value> other = assigned(configuration + ".endpointOverride", scene);
    if (other && other->has_literal) return texts_.push_back(*other);
    if (other) return uses_.add_unknown();
    Text region(Hole{.name = "AWS_REGION"});
    if (const std::optional<Value> set = assigned(configuration + ".region", scene)) {
      region = set->text;
      if (const std::string name = region.display(); !set->has_literal) region = region_of_constant(name);
    }
    add_of_region(call_of(site), *site.row, region, [&](Use& use) { limits_.complete_amazon(unit_, site, configuration, use); });
  }

  static std::string configuration_of(const CallSite& site) {
    return site.arguments.empty() ? "ClientConfiguration" : written(site.arguments.back());
  }

  void add_of_region(const NamingCall& call, const KnownCall& row, const Text& region, const std::function<void(Use&)>& complete = {}) {
    uses_.add_of_region(call, row.host, region, "AWS SDK for C++: a client asks the endpoint of its region", complete);
  }

  /// "${Aws.Region.EU_WEST_1}" as "eu-west-1"; anything else stays unknown.
  static Text region_of_constant(const std::string& name) {
    constexpr std::string_view kScope = "Region.";
    const std::size_t at = name.rfind(kScope);
    if (at == std::string::npos) return Text(Hole{.name = "AWS_REGION"});
    std::string region = ascii_lower(std::string_view(name).substr(at + kScope.size()));
    while (!region.empty() && region.back() == '}') region.pop_back();
    std::replace(region.begin(), region.end(), '_', '-');
    return Text(region);
  }

  /// What a member of a configuration was set to in the same function.
  std::optional<Value> assigned(const std::string& path, const Scene& scene) {
    const std::vector<Assigned>& all = file_.assigned(path);
    for (auto one = all.rbegin(); one != all.rend(); ++one) {
      if (one->at < scene.at && file_.function_at(one->at) == scene.function)
        return expressions_.value(one->value, {one->at, scene.function, nullptr});
    }
    return std::nullopt;
  }

  void take_verify(const CallSite& site, std::size_t argument) {
    constexpr std::array<std::string_view, 7> kOff = {"0", "0L", "false", "SSL_VERIFY_NONE", "VerifyNone", "verify_none", "FALSE"};
    const auto at = static_cast<std::size_t>(site.row->takes == Takes::verify ? site.row->argument : static_cast<int>(argument));
    if (at >= site.arguments.size() || site.arguments[at].empty()) return;
    const std::string_view value = site.arguments[at].back().text;
    const bool is_off = std::find(kOff.begin(), kOff.end(), value) != kOff.end() ||
                        std::any_of(by_tree_.begin(), by_tree_.end(), [](const ast::SeenCall* one) { return one->is_unverified; });
    if (is_off) note_unverified(file_.tokens()[site.at].where);
  }

  /// "#define AUTH_URL", "static const char kIssuer[]", ".token_url =".
  void take_kept() {
    for (const std::string_view name : file_.names()) {
      const std::optional<Value> value = holds_address(name) ? kept(name) : std::nullopt;
      if (!value) continue;
      uses_.add_kept({.key = std::string(name)}, *value);
      uses_.add_beside(*value);
    }
  }

  std::optional<Value> kept(std::string_view name) {
    if (file_.macro(name) != nullptr) return expressions_.constant(name);
    const std::vector<Assigned>& all = file_.assigned(std::string(name));
    if (all.size() != 1 || all[0].is_appended) return std::nullopt;  // set in several places: which one counts is not known
    return expressions_.value(all[0].value, {all[0].at, file_.function_at(all[0].at), nullptr});
  }

  void note_unverified(Location where) {
    unit_.note(where, "the certificate is not checked here: whoever answers for the name is believed");
  }

  void take_servers(const CallSite& site) {
    unit_.note(file_.tokens()[site.at].where, "this handle asks DNS servers of its own; they are not counted as a stub of the program",
               "CURLOPT_DNS_SERVERS");
  }

  Unit& unit_;
  const CodeFile& file_;
  Headers headers_;
  Expressions expressions_;
  std::vector<CallSite> sites_;
  CurlHandles curl_;
  ClientLimits limits_;
  NamedUses uses_;
  std::vector<const ast::SeenCall*> by_tree_;  // what the syntax tree says of the call that is read
  std::vector<Value> texts_;                   // what the tokens say of it
  std::size_t values_ = 0;
  bool is_cut_off_ = false;
  std::optional<bool> sets_hosts_;  // instead of those that the libraries know
};

}  // namespace

void add_uses(Unit& unit, const CodeFile& file) { Reader(unit, file).read(); }

}  // namespace mainstay::code
