"""Mail over SMTP: text and html, the same Message-ID at every try, and a way to leave what is not duty."""

from __future__ import annotations

import smtplib
import socket
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import force_locale

from app.notices.channels import Letter, NotSent
from app.notices.channels.limits import Line, limited
from workflows.grammar import say

REST = 60.0
HOUSE = "整改通 Rectify"


class Mail:
    """The county's mail server, as the settings name it."""

    spacing = 0.0

    def carry(self, letter: Letter, now: datetime) -> None:
        """Hand it to the server; a refusal of this letter is told apart from a server that is away."""
        seconds = current_app.config["SEND_SECONDS"]
        stage = Stage()
        with limited(seconds) as line:
            try:
                with _server(seconds, line) as server:
                    _signed_in(server)
                    stage.sending = True
                    server.send_message(_mail(letter))
                    stage.sent = True
            except (smtplib.SMTPException, OSError, ValueError) as broken:
                if not stage.sent:  # a server that hangs up after it has taken the letter has taken it
                    raise _why(broken, stage, line) from None


class Stage:
    """How far a delivery had come when it broke."""

    sending = sent = False


def _why(broken: Exception, stage: Stage, line: Line) -> NotSent:
    if isinstance(broken, smtplib.SMTPRecipientsRefused):
        code = next(iter(broken.recipients.values()))[0]
        return NotSent(say("The mail server refused the address (%(code)d).", code=code))
    if isinstance(broken, smtplib.SMTPAuthenticationError):
        return NotSent(say("The mail server refused the name or password in SMTP_USER."), rests=REST)
    if isinstance(broken, smtplib.SMTPResponseException) and broken.smtp_code >= 400:
        rests = REST if not stage.sending or broken.smtp_code == 421 else 0
        return NotSent(say("The mail server refused it (%(code)d).", code=broken.smtp_code), rests=rests)
    if isinstance(broken, ssl.SSLCertVerificationError):  # a ValueError too
        return NotSent(say("Nobody vouches for the mail server's certificate (%(why)s).", why=broken.verify_message),
                       rests=REST)  # fmt: skip
    if isinstance(broken, ValueError):
        return NotSent(say("The address cannot be written into a mail."))
    if line.cut or isinstance(broken, TimeoutError):
        return NotSent(say("The mail server did not answer within the time limit."), in_doubt=stage.sending, rests=REST)
    return NotSent(say("The mail server cannot be reached (%(kind)s).", kind=type(broken).__name__),
                   in_doubt=stage.sending, rests=REST)  # fmt: skip


def _server(seconds: float, line: Line) -> smtplib.SMTP:
    """A connection that can be cut when its time is over."""
    house: Any = current_app.config
    given = {"host": house["SMTP_HOST"], "port": house["SMTP_PORT"], "timeout": min(10.0, seconds),
             "local_hostname": "rectify"}  # fmt: skip
    if house["SMTP_SECURITY"] == "tls":
        return _line_of(smtplib.SMTP_SSL, line)(**given, context=ssl.create_default_context())
    server = _line_of(smtplib.SMTP, line)(**given)
    if house["SMTP_SECURITY"] == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
        line.holds(server.sock)
    return server


def _line_of(kind: type[smtplib.SMTP], line: Line) -> Any:
    class Cut(kind):  # type: ignore[valid-type,misc]
        def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
            return line.holds(super()._get_socket(host, port, timeout))

    return Cut


def _signed_in(server: smtplib.SMTP) -> None:
    if current_app.config["SMTP_USER"]:
        server.login(current_app.config["SMTP_USER"], current_app.config["SMTP_PASSWORD"])


def _mail(letter: Letter) -> EmailMessage:
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "rectify"
    sender = current_app.config["MAIL_FROM"] or f"rectify@{host}"
    mail = EmailMessage()
    mail["From"] = Address(HOUSE, addr_spec=sender)
    mail["To"] = Address(letter.name, addr_spec=letter.to)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(letter.made_at)
    mail["Message-ID"] = f"<{letter.mark}.{int(letter.made_at.timestamp())}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    if letter.leave:
        mail["List-Unsubscribe"] = f"<{letter.leave}>"
    words = {"letter": letter, "lang": letter.locale.replace("_", "-")}
    with force_locale(letter.locale):  # what stands around the letter is in its language, too
        mail.set_content(render_template("mail/letter.txt", **words))
        mail.add_alternative(render_template("mail/letter.html", **words), subtype="html")
    return mail
