"""Reads a message from standard input with Python's own package, strictly, and prints what it understood as JSON."""

import email
import email.policy
import json
import sys

raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.strict)
html = message.get_body(("html",))
print(json.dumps({
    "from": str(message["From"]),
    "to": [address.addr_spec for address in message["To"].addresses],
    "subject": str(message["Subject"]),
    "date": message["Date"].datetime.isoformat(),
    "id": str(message["Message-ID"]),
    "automatic": str(message["Auto-Submitted"]),
    "mime_version": str(message["MIME-Version"]),
    "type": message.get_content_type(),
    "charset": message.get_body(("plain",)).get_content_charset(),
    "text": message.get_body(("plain",)).get_content(),
    "html": html and html.get_content(),
    "headers": sorted(message.keys()),
    "is_ascii": raw.isascii(),
    "longest_line": max(map(len, raw.splitlines())),
}))
