"""A mail server with TLS, by aiosmtpd. Arguments: certificate chain, key, and starttls or tls. Prints its port, then a line for
each mail: whether it came by TLS, its recipients, its subject. Ends when its standard input does."""

import asyncio
import email
import ssl
import sys
from email.header import decode_header, make_header

from aiosmtpd.smtp import SMTP


class Printing:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content)
        subject = str(make_header(decode_header(mail["Subject"])))
        safely = server.transport.get_extra_info("ssl_object") is not None
        print("tls" if safely else "plain", ",".join(envelope.rcpt_tos), subject, flush=True)
        return "250 taken"


async def main(chain, key, security):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain, key)
    later = security == "starttls"
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Printing(), tls_context=context if later else None, require_starttls=later, loop=loop),
        "127.0.0.1",
        0,
        ssl=None if later else context,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


sys.stdout.reconfigure(encoding="utf-8")
asyncio.run(main(*sys.argv[1:]))
