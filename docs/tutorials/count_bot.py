#!/usr/bin/env python3
"""A bot written from docs/protocol.md alone: it answers "how many?" with the number of messages it has seen.

    count_bot.py BASE_URL BOT_TOKEN [FILE]

It keeps its place in FILE (count_bot.json), so that it can be stopped, or killed, at any moment: what came meanwhile is
read from the feed, and a reply that was sent already is not sent twice, because its ref derives from the message.
"""
import json, os, sys, time, urllib.error, urllib.parse, urllib.request

base, token = sys.argv[1].rstrip("/"), sys.argv[2]
place = sys.argv[3] if len(sys.argv) > 3 else "count_bot.json"


def call(method, path, body=None):
    """Calls the server; waits and tries again while it says 429 or 503, or is not there."""
    while True:
        request = urllib.request.Request(base + path, method=method)
        request.add_header("Authorization", "Bearer " + token)
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as problem:
            if problem.code not in (429, 503):
                raise SystemExit(problem.read().decode())
            time.sleep(float(problem.headers.get("Retry-After") or 1))
        except (urllib.error.URLError, OSError):
            time.sleep(1)


me = call("GET", "/api/v1/me")["id"]
state = json.load(open(place)) if os.path.exists(place) else {"cursor": "", "seen": {}}
while True:
    query = {"limit": 100, "wait": 20} | ({"cursor": state["cursor"]} if state["cursor"] else {})
    page = call("GET", "/api/v1/feed?" + urllib.parse.urlencode(query))
    for item in page["items"]:
        entry = item.get("entry")
        if not entry or entry["kind"] != "message.posted" or entry["sender"] == me or not entry["body"]:
            continue
        group = entry["conversation"]
        state["seen"][group] = state["seen"].get(group, 0) + 1
        if entry["body"].get("text", "").strip().lower() == "how many?":
            call("POST", f"/api/v1/conversations/{group}/messages", {
                "ref": f"count-{entry['seq']}",
                "body": {"type": "text", "text": f"{state['seen'][group]} messages.", "quote": entry["seq"]},
            })
    state["cursor"] = page["cursor"]
    with open(place + ".new", "w") as out:
        json.dump(state, out)
    os.replace(place + ".new", place)
