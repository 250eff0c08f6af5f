"""Reads a message from standard input with Python's own package, strictly, and prints what it understood as JSON."""

import email
import email.policy
import json
import sys

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.strict)
print(json.dumps({
    "from": str(message["From"]),
    "to": [address.addr_spec for address in message["To"].addresses],
    "subject": str(message["Subject"]),
    "date": message["Date"].datetime.isoformat(),
    "id": str(message["Message-ID"]),
    "automatic": str(message["Auto-Submitted"]),
    "type": message.get_content_type(),
    "charset": message.get_content_charset(),
    "text": message.get_content(),
    "headers": sorted(message.keys()),
}))
