// The three notations of a plan. Each is one function for a record; comments and the order of things are shared.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/report/txt_plan.h"
#include "graph/values/ascii.h"
#include "render/escape.h"

namespace mainstay {
namespace {

/// A name as an identifier: letters and digits, anything else as `between`.
std::string identifier(std::string_view name, char between) {
  std::string out;
  for (const char c : name) out += is_ascii_letter(c) || is_ascii_digit(c) ? c : between;
  return out;
}

/// "payments.prod" as "PaymentsProd".
std::string camel(std::string_view name) {
  std::string out;
  bool begins = true;
  for (const char c : name) {
    if (!is_ascii_letter(c) && !is_ascii_digit(c)) {
      begins = true;
      continue;
    }
    out += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = false;
  }
  return out;
}

/// A text between quotation marks, as master files, HCL and JSON write it: made of what may stand there unescaped.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// The same in HCL, where `${` and `%{` begin templates.
std::string hcl_quoted(std::string_view text) {
  std::string out;
  for (const char c : quoted(text)) {
    if (c == '{' && (out.ends_with('$') || out.ends_with('%'))) out += out.back();
    out += c;
  }
  return out;
}

std::string_view in_words(PlannedDeed deed) {
  switch (deed) {
    case PlannedDeed::create: return "new";
    case PlannedDeed::change: return "change";
    case PlannedDeed::remove: break;
  }
  return "remove";
}

class Writer {
 public:
  Writer(const TxtPlan& plan, PlanForm form) : plan_(plan), form_(form) {}

  std::string write() {
    head();
    begin();
    for (const PlannedRecord& one : plan_.records) record(one);
    rotations();
    notes();
    return std::move(out_);
  }

 private:
  void comment(std::string_view text) {
    out_ += form_ == PlanForm::zone ? "; " : "# ";
    out_ += for_terminal(text);
    out_ += '\n';
  }
  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  /// Names of resources that no other one has.
  std::string unique(std::string name) {
    if (name.empty() || is_ascii_digit(name.front())) name.insert(0, "R");
    const std::size_t used = used_[name]++;
    return used == 0 ? name : name + std::to_string(used + 1);
  }

  std::size_t count(PlannedDeed deed) const {
    return static_cast<std::size_t>(
        std::count_if(plan_.records.begin(), plan_.records.end(), [&](const PlannedRecord& one) { return one.deed == deed; }));
  }

  void head() {
    comment(fmt::format("Identity records: {} new, {} to change, {} to remove. Nothing was written anywhere.", count(PlannedDeed::create),
                        count(PlannedDeed::change), count(PlannedDeed::remove)));
    comment(kTxtIsPublic);
    if (count(PlannedDeed::create) + count(PlannedDeed::change) > 0)
      comment("REPLACE-... stands for what only the owner knows; put no secret there: everybody can read it.");
  }

  bool has_written() const { return count(PlannedDeed::create) + count(PlannedDeed::change) > 0; }

  void begin() {
    if (!has_written() || form_ == PlanForm::zone) return;
    std::set<std::string> zones;
    for (const PlannedRecord& one : plan_.records) {
      if (one.deed != PlannedDeed::remove) zones.insert(one.zone);
    }
    out_ += '\n';
    if (form_ == PlanForm::cloudformation) line("Parameters:");
    for (const std::string& zone : zones) {
      if (form_ == PlanForm::terraform) {
        line(fmt::format("variable \"zone_id_{}\" {{\n  type        = string\n  description = {}\n}}\n", identifier(zone, '_'),
                         hcl_quoted("id of the hosted zone " + zone)));
      } else {
        line(fmt::format("  ZoneId{}:\n    Type: AWS::Route53::HostedZone::Id\n    Description: {}", camel(zone),
                         quoted("id of the hosted zone " + zone)));
      }
    }
    if (form_ == PlanForm::cloudformation) line("Resources:");
  }

  void record(const PlannedRecord& one) {
    if (form_ != PlanForm::cloudformation || one.deed == PlannedDeed::remove) out_ += '\n';
    if (form_ == PlanForm::zone && one.zone != zone_) {
      zone_ = one.zone;
      line(fmt::format("$ORIGIN {}.", zone_));
      if (!one.zone_is_known) comment("no zone of the tree holds these names; the origin is a guess");
    }
    comment(fmt::format("{}: {}", in_words(one.deed), one.why));
    if (one.deed == PlannedDeed::remove) return comment(fmt::format("{}. {}", one.owner, one.type));
    switch (form_) {
      case PlanForm::zone: return line(fmt::format("{}. {} IN TXT {}", one.owner, one.ttl, quoted(one.text)));
      case PlanForm::terraform:
        return line(fmt::format(
            "resource \"aws_route53_record\" \"{}\" {{\n  zone_id = var.zone_id_{}\n  name    = {}\n  type    = \"TXT\"\n"
            "  ttl     = {}\n  records = [{}]\n}}",
            unique(identifier(one.owner, '_')), identifier(one.zone, '_'), hcl_quoted(one.owner), one.ttl, hcl_quoted(one.text)));
      case PlanForm::cloudformation:
        return line(
            fmt::format("  {}:\n    Type: AWS::Route53::RecordSet\n    Properties:\n      HostedZoneId:\n        Ref: ZoneId{}\n"
                        "      Name: {}\n      Type: TXT\n      TTL: \"{}\"\n      ResourceRecords:\n        - {}",
                        unique(camel(one.owner)), camel(one.zone), quoted(one.owner + "."), one.ttl, quoted(quoted(one.text))));
    }
  }

  void rotations() {
    for (const Rotation& one : plan_.rotations) {
      out_ += '\n';
      comment(fmt::format("ROTATION of what stands below {} in the zone {}", one.suffix, one.zone));
      for (std::size_t at = 0; at < one.steps.size(); ++at) comment(fmt::format("  {}. {}", at + 1, one.steps[at].text));
    }
  }

  void notes() {
    if (plan_.notes.empty()) return;
    out_ += '\n';
    comment("NOT IN THIS PLAN");
    for (const std::string& one : plan_.notes) comment("  " + one);
  }

  const TxtPlan& plan_;
  PlanForm form_;
  std::string zone_;
  std::map<std::string, std::size_t> used_;
  std::string out_;
};

}  // namespace

std::string written(const TxtPlan& plan, PlanForm form) { return Writer(plan, form).write(); }

}  // namespace mainstay
