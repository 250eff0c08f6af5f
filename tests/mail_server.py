"""Another mail server than ours: takes messages on a port of its own, which it prints, and prints each as one line of JSON.

Exit status 77: there is neither the package aiosmtpd nor the module smtpd, which Python has up to 3.11.
"""

import json
import sys
import warnings


def tell(sender, recipients, text):
    print(json.dumps({"from": sender, "to": recipients, "text": text}), flush=True)


try:
    from aiosmtpd.controller import Controller
except ImportError:
    Controller = None

if Controller:
    class Handler:
        async def handle_DATA(self, server, session, envelope):
            tell(envelope.mail_from, envelope.rcpt_tos, envelope.content.decode())
            return "250 OK"

    controller = Controller(Handler(), hostname="127.0.0.1", port=0)
    controller.start()
    print(controller.server.sockets[0].getsockname()[1], flush=True)
    sys.stdin.read()
else:
    warnings.simplefilter("ignore")
    try:
        import asyncore
        import smtpd
    except ImportError:
        sys.exit(77)

    class Server(smtpd.SMTPServer):
        def process_message(self, peer, mailfrom, rcpttos, data, **options):
            tell(mailfrom, rcpttos, data.decode())

    server = Server(("127.0.0.1", 0), None)
    print(server.socket.getsockname()[1], flush=True)
    asyncore.loop(timeout=0.1)
