#!/usr/bin/env python3
"""Takes what a route of Plenary posts, checks its signature and prints it: receiver.py PORT SECRET"""
import hashlib, hmac, http.server, json, sys, time

secret = sys.argv[2].encode()
seen = set()


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        stamp = self.headers["Plenary-Timestamp"]
        right = "v1=" + hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        genuine = hmac.compare_digest(right, self.headers["Plenary-Signature"])
        if not genuine or abs(time.time() - int(stamp)) > 300:
            self.send_response(401)
        else:
            # A delivery may come again: it has the same name then.
            if self.headers["Plenary-Delivery"] not in seen:
                seen.add(self.headers["Plenary-Delivery"])
                print("signed and new:", json.loads(body)["body"]["text"], flush=True)
            self.send_response(204)
        self.end_headers()

    def log_message(self, *words):
        pass


http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
