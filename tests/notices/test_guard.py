"""Where nothing is sent: private networks, at save and at send, by name, number, redirect or a name that changes."""

from __future__ import annotations

import logging
import socket

import pytest
from flask import current_app

from app.notices.channels import NotSent, guard
from app.notices.channels.posting import post as send

PRIVATE = (
    "https://127.0.0.1/x", "https://169.254.169.254/latest", "https://[::1]/x", "https://2130706433/x",
    "https://0x7f.1/x", "https://10.0.0.8/x", "https://192.168.1.1/x", "https://172.16.0.1/x", "https://100.64.0.1/x",
    "https://[::ffff:10.0.0.1]/x", "https://[64:ff9b::a00:1]/x", "https://[2002:a00:1::]/x", "https://localhost/x",
    "https://0.0.0.0/x", "https://224.0.0.1/x", "https://127.1/x", "https://0177.0.0.1/x", "https://１２７.0.0.1/x",
    "https://127。0。0。1/x", "https://[::127.0.0.1]/x", "https://[::ffff:7f00:1]/x", "https://[::ffff:0:127.0.0.1]/x",
    "https://[64:ff9b:1::a00:1]/x", "https://[fd00::1]/x", "https://[fe80::1]/x", "https://[ff02::1]/x",
    "https://[2001:0:0:0:0:0:f5ff:fffe]/x", "https://[3fff::1]/x", "https://192.88.99.1/x", "https://198.18.0.1/x",
)  # fmt: skip
NO_ADDRESS = (
    "file:///etc/passwd", "ftp://8.8.8.8/x", "gopher://8.8.8.8", "https://", "//8.8.8.8/x", "https://a:b@8.8.8.8/",
    "https://user@8.8.8.8/", "https://@8.8.8.8/", "https://qyapi.weixin.qq.com@127.0.0.1/", "https://8.8.8.8#@x/",
    "https://8.8.8.8:99999/", "https://8.8.8.8/\r\nX: y", "https:\\\\8.8.8.8", "javascript:alert(1)",
)  # fmt: skip
HOSTS = {"wecom": "qyapi.weixin.qq.com", "dingtalk": "oapi.dingtalk.com", "feishu": "open.feishu.cn"}


def test_a_private_or_strange_address_is_refused_at_save_and_at_send(inside, post):
    for address in (*PRIVATE, *NO_ADDRESS):
        with pytest.raises(guard.Barred):
            guard.check("webhook", address)
        with pytest.raises((NotSent, guard.Barred)):
            send(address, b"{}")
    assert post.http.calls == []


def test_a_robot_lives_at_its_platform_or_at_a_named_gateway(inside, post):
    for kind, host in (
        ("wecom", "qyapi.weixin.qq.com"),
        ("dingtalk", "oapi.dingtalk.com"),
        ("feishu", "open.feishu.cn"),
    ):
        guard.check(kind, f"https://{host}/x?key=1")
        for address in (f"http://{host}/x", f"https://{host}.evil.example/x", f"https://evil.example/{host}",
                        f"https://{host}:8443/x", "https://8.8.8.8/x"):  # fmt: skip
            with pytest.raises(guard.Barred):
                guard.check(kind, address)
    guard.check("wecom", f"{post.http.at}/x")
    with pytest.raises(guard.Barred):
        guard.check("wecom", "http://127.0.0.1:1/x")


def test_a_name_that_changes_its_mind_is_looked_at_when_it_is_connected(inside, post, monkeypatch):
    there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", post.http.port))]
    answers = iter((there, here))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: next(answers))
    guard.check("webhook", "https://rebinding.example/x")
    with pytest.raises(NotSent) as refused:
        send("https://rebinding.example/x", b"{}")
    assert refused.value.why == guard.PRIVATE
    assert post.http.calls == []


def test_a_redirect_is_not_followed_and_no_secret_reaches_the_log(inside, post, caplog):
    caplog.set_level(logging.DEBUG)
    post.http.behaves = f"to {post.http.at}/elsewhere"
    assert send(f"{post.http.at}/robot?key=SECRETKEY", b"{}").status == 302
    assert [path for path, _headers, _body in post.http.calls] == ["/robot?key=SECRETKEY"]
    current_app.config["NOTICE_GATEWAYS"].append("127.0.0.1:9")
    with pytest.raises(NotSent) as refused:
        send("http://127.0.0.1:9/robot?key=SECRETKEY", b"{}")
    assert "SECRETKEY" not in str(refused.value) + caplog.text
