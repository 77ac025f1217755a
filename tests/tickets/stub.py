"""Ticket systems of one test on 127.0.0.1, which hold what they are sent to the limits that their manuals state.

python3 stub.py FOLDER PARENT: writes the port to FOLDER/ready when it answers, ends with the process PARENT.
FOLDER/tickets.json holds the tickets (they survive a death), FOLDER/requests.jsonl every request,
With a certificate and its key in FOLDER/tls.pem it speaks TLS.
FOLDER/faults.json, read for every request: [{"method": "POST", "path": "/issues", "times": 1, "do": "die-after"}].
"""
import base64
import email.utils
import hashlib
import hmac
import json
import os
import re
import ssl
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FOLDER, PARENT = sys.argv[1], int(sys.argv[2])
TOKEN = "tok-0123456789abcdef"
NOW = "2026-11-20T10:00:00Z"
LOCK = threading.Lock()


def load(name, otherwise):
    try:
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return otherwise


def store(name, value):
    path = os.path.join(FOLDER, name)
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1)
    os.replace(path + ".new", path)


class Refused(Exception):
    def __init__(self, status, message, headers=None):
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers or {}


def need(condition, message, status=422):
    if not condition:
        raise Refused(status, message)


class Tickets:
    """All tickets, whatever the system; `number` names them."""

    def __init__(self):
        self.all = load("tickets.json", [])

    def add(self, **fields):
        ticket = {"number": len(self.all) + 1, "comments": [], "open": True, "born": time.time(), **fields}
        self.all.append(ticket)
        return ticket

    def get(self, key):
        for ticket in self.all:
            if str(ticket["number"]) == str(key).split("-")[-1]:
                return ticket
        raise Refused(404, "Not Found")


def page_of(items, query, most=100):
    size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
    need(1 <= size <= most, "page size")
    return items[(page - 1) * size:page * size], page, page * size < len(items)


# GitHub

def github_issue(ticket):
    return {"number": ticket["number"], "title": ticket["title"], "body": ticket["body"], "state": "open" if ticket["open"] else "closed",
            "state_reason": ticket.get("reason"), "closed_at": ticket.get("closed"), "labels": [{"name": one} for one in ticket["labels"]],
            "html_url": "http://127.0.0.1/o/r/issues/%d" % ticket["number"]}


def github(call, tickets):
    need(call.headers.get("Authorization") == "Bearer " + TOKEN, "Bad credentials", 401)
    need(call.headers.get("User-Agent"), "Request forbidden by administrative rules", 403)
    path, body = call.path.removeprefix("/repos/o/r"), call.body
    if path == "/labels/mainstay":
        need("label" in load("github.json", {}), "Not Found", 404)
        return 200, {"name": "mainstay"}
    if path == "/labels":
        need(re.fullmatch("[0-9a-f]{6}", body["color"]) and len(body["description"]) <= 100, "Validation Failed")
        store("github.json", {"label": True})
        return 201, {"name": body["name"]}
    if call.method in ("POST", "PATCH") and "title" in body:
        need(0 < len(body["title"]) <= 256 and len(body["body"]) <= 65536, "body is too long (maximum is 65536 characters)")
    if path == "/issues" and call.method == "GET":
        wanted = call.query.get("labels")
        found = [one for one in tickets.all if wanted in one["labels"] and (call.query.get("state") == "all" or one["open"])]
        some, page, more = page_of(found, call.query)
        if more:
            following = urllib.parse.urlencode({**call.query, "page": page + 1})
            call.answer_headers["Link"] = '<%s/repos/o/r/issues?%s>; rel="next"' % (call.origin, following)
        return 200, [github_issue(one) for one in some]
    if path == "/issues":
        return 201, github_issue(tickets.add(title=body["title"], body=body["body"], labels=body.get("labels", [])))
    number, _, rest = path.removeprefix("/issues/").partition("/")
    ticket = tickets.get(number)
    if rest == "comments":
        ticket["comments"].append(body["body"])
        return 201, {"id": len(ticket["comments"])}
    if call.method == "PATCH":
        ticket.update({key: body[key] for key in ("title", "body") if key in body})
        if "state" in body:
            need(body["state"] in ("open", "closed") and body["state_reason"] in ("completed", "not_planned", "reopened"), "state")
            ticket.update(open=body["state"] == "open", reason=body["state_reason"], closed=NOW if body["state"] == "closed" else None)
    return 200, github_issue(ticket)


# GitLab

def gitlab_issue(ticket):
    return {"iid": ticket["number"], "title": ticket["title"], "description": ticket["body"], "state": "opened" if ticket["open"] else "closed",
            "closed_at": ticket.get("closed"), "labels": ticket["labels"], "web_url": "http://127.0.0.1/i/%d" % ticket["number"]}


def gitlab(call, tickets):
    need(call.headers.get("PRIVATE-TOKEN") == TOKEN, "401 Unauthorized", 401)
    need(call.path.startswith("/api/v4/projects/group%2Fproject/issues"), "404 Project Not Found", 404)
    path, body = call.path.removeprefix("/api/v4/projects/group%2Fproject/issues"), call.body
    for line in (body.get("description") or body.get("body") or "").splitlines():
        need(not line.startswith("/"), "a quick action was carried out")
    if not path and call.method == "GET":
        found = [one for one in tickets.all if call.query["labels"] in one["labels"]]
        some, page, more = page_of(found, call.query)
        call.answer_headers["X-Next-Page"] = str(page + 1) if more else ""
        return 200, [gitlab_issue(one) for one in some]
    if not path:
        need(0 < len(body["title"]) <= 255 and len(body["description"]) <= 1048576, "title is too long", 400)
        return 201, gitlab_issue(tickets.add(title=body["title"], body=body["description"], labels=body["labels"].split(",")))
    number, _, rest = path[1:].partition("/")
    ticket = tickets.get(number)
    if rest == "notes":
        ticket["comments"].append(body["body"])
        return 201, {"id": len(ticket["comments"])}
    if call.method == "PUT":
        if "title" in body:
            ticket.update(title=body["title"], body=body["description"])
        if "state_event" in body:
            need(body["state_event"] in ("close", "reopen"), "state_event does not have a valid value", 400)
            ticket.update(open=body["state_event"] == "reopen", closed=NOW if body["state_event"] == "close" else None)
    return 200, gitlab_issue(ticket)


# Jira

def document_text(node):
    text = node.get("text", "") + "".join(document_text(one) for one in node.get("content", []))
    return text + ("\n" if node["type"] in ("paragraph", "heading") else "")


def jira_issue(ticket):
    done = not ticket["open"]
    return {"id": str(10000 + ticket["number"]), "key": "IAM-%d" % ticket["number"],
            "fields": {"summary": ticket["title"], "description": ticket["body"], "labels": ticket["labels"],
                       "status": {"name": "Erledigt" if done else "Offen", "statusCategory": {"key": "done" if done else "new"}},
                       "resolution": {"name": ticket.get("reason") or "Done"} if done else None,
                       "resolutiondate": ticket.get("closed")}}


def jira_text(version, value):
    if version == "2":
        need(isinstance(value, str) and len(value) <= 32767, "description: Operation value must be a string", 400)
    else:
        need(isinstance(value, dict) and value["type"] == "doc" and value["version"] == 1 and value["content"],
             "description: Operation value must be an Atlassian Document", 400)
        need(len(document_text(value)) <= 32767, "CONTENT_LIMIT_EXCEEDED", 400)


def jira_search(call, version, path, visible):
    if path == "/search":
        need(version == "2", "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.", 410)
        need('project = "IAM"' in call.query["jql"], "Unbounded JQL", 400)
        start, size = int(call.query["startAt"]), min(int(call.query["maxResults"]), 50)
        return 200, {"startAt": start, "maxResults": size, "total": len(visible), "issues": [jira_issue(one) for one in visible[start:start + size]]}
    need(version == "3", "null for uri", 404)
    need('project = "IAM"' in call.body["jql"], "Unbounded JQL queries are not allowed here.", 400)
    start = int(call.body.get("nextPageToken", "p0")[1:])
    some = [jira_issue(one) if call.body.get("fields") else {"id": str(one["number"])} for one in visible[start:start + 7]]
    more = start + 7 < len(visible)
    return 200, {"issues": some, "isLast": not more, **({"nextPageToken": "p%d" % (start + 7)} if more else {})}


def jira(call, tickets):
    version = call.path.split("/")[3]
    wanted = "Basic " + base64.b64encode(("me@example.com:" + TOKEN).encode()).decode() if version == "3" else "Bearer " + TOKEN
    need(call.headers.get("Authorization") == wanted, "Client must be authenticated to access this resource.", 401)
    path, body = call.path.removeprefix("/rest/api/" + version), call.body
    if path.startswith("/search"):
        # A search on Cloud is behind: what was made a moment ago is not in it.
        lag = load("jira.json", {}).get("lag", 0)
        return jira_search(call, version, path, [one for one in tickets.all if time.time() - one["born"] >= lag])
    if path == "/issue":
        fields = body["fields"]
        need("\n" not in fields["summary"] and 0 < len(fields["summary"]) <= 255, "summary: The summary is invalid", 400)
        need(fields["project"] == {"key": "IAM"} and fields["issuetype"] == {"name": "Task"}, "issuetype: valid issue type is required", 400)
        need(all(" " not in one and len(one) <= 255 for one in fields["labels"]), "The label contains spaces which is invalid.", 400)
        jira_text(version, fields["description"])
        ticket = tickets.add(title=fields["summary"], body=fields["description"], labels=fields["labels"])
        return 201, {"id": str(10000 + ticket["number"]), "key": "IAM-%d" % ticket["number"], "self": call.origin + "/rest/api/3/issue/1"}
    key, _, rest = path.removeprefix("/issue/").partition("/")
    ticket = tickets.get(key)
    if rest == "comment":
        jira_text(version, body["body"])
        ticket["comments"].append(body["body"] if version == "2" else document_text(body["body"]))
        return 201, {"id": "1"}
    if rest == "transitions" and call.method == "GET":
        return 200, {"transitions": [
            {"id": "11", "name": "Beginnen", "to": {"name": "In Arbeit", "statusCategory": {"key": "indeterminate"}}},
            {"id": "21", "name": "Won't Do", "to": {"name": "Won't Do", "statusCategory": {"key": "done"}}},
            {"id": "31", "name": "Fertig", "to": {"name": "Erledigt", "statusCategory": {"key": "done"}}}]}
    if rest == "transitions":
        chosen = body["transition"]["id"]
        need(chosen in ("11", "21", "31"), "It seems that you have tried to perform an illegal workflow operation.", 400)
        done = chosen != "11"
        ticket.update(open=not done, reason="Won't Do" if chosen == "21" else "Done", closed="2026-11-20T10:00:00.000+0000" if done else None)
        return 204, None
    if call.method == "PUT":
        jira_text(version, body["fields"]["description"])
        ticket.update(title=body["fields"]["summary"], body=body["fields"]["description"])
        return 204, None
    return 200, jira_issue(ticket)


# ServiceNow

def servicenow(call, tickets):
    need(call.headers.get("Authorization") == "Basic " + base64.b64encode(("bot:" + TOKEN).encode()).decode(), "User Not Authenticated", 401)
    path, body = call.path.removeprefix("/api/now/table/incident"), call.body
    known = {"short_description": 160, "description": 4000, "urgency": 1, "impact": 1, "correlation_id": 100, "correlation_display": 100,
             "assignment_group": 32, "category": 40, "state": 2, "close_code": 40, "close_notes": 4000, "work_notes": 4000}
    for name, value in body.items():
        need(name in known and len(value) <= known[name], "Operation Failed: " + name, 403)
    if not path and call.method == "GET":
        need(call.query["sysparm_query"].startswith("correlation_idSTARTSWITHmainstay:"), "query", 400)
        start, size = int(call.query["sysparm_offset"]), int(call.query["sysparm_limit"])
        return 200, {"result": [one["record"] for one in tickets.all[start:start + size]]}
    if not path:
        ticket = tickets.add()
        ticket["record"] = {"sys_id": "%032d" % ticket["number"], "number": "INC%07d" % ticket["number"], "state": "1", "close_code": "",
                            "resolved_at": "", "closed_at": "", **body}
        return 201, {"result": ticket["record"]}
    ticket = tickets.get(str(int(path[1:])))
    if call.method == "PATCH":
        ticket["record"].update(body)
        if body.get("state") == "6":
            need(body["close_code"] and body["close_notes"], "Data Policy Exception: close_code, close_notes are mandatory", 403)
            ticket["record"]["resolved_at"] = "2026-11-20 10:00:00"
        ticket["open"] = ticket["record"]["state"] not in ("6", "7", "8")
    return 200, {"result": ticket["record"]}


# DefectDojo

def defectdojo(call, tickets):
    need(call.headers.get("Authorization") == "Token " + TOKEN, "Invalid token.", 401)
    if call.path == "/api/v2/tests/5/":
        return 200, {"id": 5, "test_type": 112}
    path, body = call.path.removeprefix("/api/v2/findings/"), call.body
    if not path and call.method == "GET":
        start, size = int(call.query["offset"]), int(call.query["limit"])
        found = [one["record"] for one in tickets.all]
        following = call.origin + "/api/v2/findings/?offset=%d" % (start + size) if start + size < len(found) else None
        return 200, {"count": len(found), "next": following, "results": found[start:start + size]}
    if not path:
        for name in ("title", "severity", "numerical_severity", "description", "test", "found_by", "active", "verified"):
            need(name in body, name + ": This field is required.", 400)
        need(len(body["title"]) <= 511 and body["severity"] in ("Critical", "High", "Medium", "Low", "Info"), "severity", 400)
        ticket = tickets.add()
        ticket["record"] = {"id": ticket["number"], "false_p": False, "risk_accepted": False, "out_of_scope": False, "duplicate": False,
                            "is_mitigated": False, "mitigated": None, **body}
        return 201, ticket["record"]
    key, rest = path.split("/", 1)
    ticket = tickets.get(key)
    if rest == "notes/":
        ticket["comments"].append(body["entry"])
        return 201, {"id": 1}
    if call.method == "PATCH":
        ticket["record"].update(body)
        ticket["record"]["mitigated"] = NOW if ticket["record"]["is_mitigated"] else None
        ticket["open"] = ticket["record"]["active"]
    return 200, ticket["record"]


# PagerDuty and webhooks: an alert or a message is known by its key

def keyed(tickets, key, **fields):
    for ticket in tickets.all:
        if ticket["key"] == key:
            ticket.update(fields)
            ticket["times"] += 1
            return ticket
    return tickets.add(key=key, times=1, **fields)


def pagerduty(call, tickets):
    body = call.body
    need(body.pop("routing_key", "") == TOKEN, "invalid routing key", 400)
    need(len(call.raw) <= 512000 and len(body["dedup_key"]) <= 255, "event is too large", 400)
    need(body["event_action"] in ("trigger", "resolve"), "event_action", 400)
    if body["event_action"] == "trigger":
        payload = body["payload"]
        need(0 < len(payload["summary"]) <= 1024 and payload["source"] and payload["severity"] in ("critical", "error", "warning", "info"),
             "payload", 400)
    keyed(tickets, body["dedup_key"], open=body["event_action"] == "trigger")
    return 202, {"status": "success", "message": "Event processed", "dedup_key": body["dedup_key"]}


def webhook(call, tickets):
    name, stamp = call.headers["webhook-id"], call.headers["webhook-timestamp"]
    signed = hmac.new(base64.b64decode("c2VjcmV0LXNlY3JldC1zZWNyZXQtMDE="), b".".join([name.encode(), stamp.encode(), call.raw]), hashlib.sha256)
    need(call.headers["webhook-signature"] == "v1," + base64.b64encode(signed.digest()).decode(), "the signature is wrong", 401)
    need(abs(int(stamp) - time.time()) < 300 and len(call.raw) < 20000, "too old or too large", 400)
    keyed(tickets, name, type=call.body["type"], id=call.body["data"]["id"], open=call.body["type"] != "mainstay.ticket.closed")
    return 204, None


SYSTEMS = [("/repos/", github), ("/api/v4/", gitlab), ("/rest/api/", jira), ("/api/now/", servicenow), ("/api/v2/", defectdojo),
           ("/v2/enqueue", pagerduty), ("/hook", webhook)]


class Call(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def fault(self):
        faults = load("faults.json", [])
        for one in faults:
            if one["method"] != self.method or one["path"] not in self.path or one.get("times", 1) <= 0:
                continue
            waits = one.get("after", 0) > 0
            one["after" if waits else "times"] = one.get("after" if waits else "times", 1) - 1
            store("faults.json", faults)
            return None if waits else one
        return None

    def reply(self, status, value=None, headers=None):
        raw = b"" if value is None else value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def misbehave(self, fault):
        """What a server does that is broken, busy or hostile; true when the request is answered by it."""
        what = fault["do"]
        if what == "die-before":
            os._exit(1)
        if what == "busy":
            self.reply(429, {"message": "slow down"}, {"Retry-After": fault.get("wait", "1")})
        elif what == "busy-date":
            self.reply(429, {"message": "slow down"}, {"Retry-After": email.utils.formatdate(time.time() + 2, usegmt=True)})
        elif what == "secondary":
            self.reply(403, {"message": "You have exceeded a secondary rate limit."}, {"Retry-After": "1"})
        elif what == "error":
            self.reply(500, {"message": "oops"})
        elif what == "redirect":
            self.reply(302, {}, {"Location": fault["to"]})
        elif what == "garbage":
            self.reply(200, b"<html>[[[{not json")
        elif what == "deep":
            self.reply(200, b"[" * 100000)
        elif what == "link":
            self.reply(200, [], {"Link": '<%s>; rel="next"' % fault["to"]})
        elif what == "echo":
            self.reply(400, {"message": "no: " + self.headers.get("Authorization", "")})
        elif what == "huge":
            self.send_response(200)
            self.send_header("Content-Length", str(1 << 40))
            self.end_headers()
            self.close_connection = True
            try:
                while True:
                    self.wfile.write(b"[" + b" " * 65535)
            except OSError:
                pass
        elif what == "hang-up":
            self.close_connection = True
        else:
            return False
        return True

    def serve(self):
        self.method = self.command
        target = urllib.parse.urlsplit(self.path)
        self.path, self.query = target.path, dict(urllib.parse.parse_qsl(target.query))
        self.raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.body = json.loads(self.raw) if self.raw else {}
        self.origin = "http://%s" % self.headers["Host"]
        self.answer_headers = {}
        with LOCK:
            with open(os.path.join(FOLDER, "requests.jsonl"), "a", encoding="utf-8") as file:
                file.write(json.dumps({"method": self.method, "path": self.path, "query": self.query, "body": self.body}) + "\n")
            fault = self.fault()
            if fault and self.misbehave(fault):
                return
            tickets = Tickets()
            try:
                system = next((one for path, one in SYSTEMS if self.path.startswith(path)), None)
                need(system, "Not Found", 404)
                status, value = system(self, tickets)
                store("tickets.json", tickets.all)
            except Refused as problem:
                self.reply(problem.status, {"message": problem.message}, problem.headers)
                return
        if fault and fault["do"] == "die-after":
            os._exit(1)
        if fault and fault["do"] == "error-after":
            self.reply(502, {"message": "bad gateway"})
        elif fault and fault["do"] == "hang-up-after":
            self.close_connection = True
        else:
            self.reply(status, value, self.answer_headers)

    do_GET = do_POST = do_PUT = do_PATCH = serve


def watch():
    ends = time.monotonic() + 900
    while os.getppid() == PARENT and time.monotonic() < ends:
        time.sleep(0.2)
    os._exit(0)


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):  # a client that hangs up is no fault of ours
            super().handle_error(request, client_address)


server = Server(("127.0.0.1", load("port", 0)), Call)  # the same port again when it comes back
if os.path.exists(os.path.join(FOLDER, "tls.pem")):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(FOLDER, "tls.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
store("port", server.server_address[1])
threading.Thread(target=watch, daemon=True).start()
store("ready", server.server_address[1])
server.serve_forever()
