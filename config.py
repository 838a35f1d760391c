"""Settings, read from the environment once; production refuses to start with an unsafe one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

VERSION = "0.1.0"
MEGABYTE = 1024 * 1024


class Unsafe(RuntimeError):
    """A setting that must not go into production."""


def from_environment(environ: dict[str, str] | None = None) -> dict[str, Any]:
    """All settings with their defaults; `DATA_DIR` holds database, files and the generated secret."""
    env = dict(os.environ if environ is None else environ)
    data_dir = Path(env.get("DATA_DIR", "var")).resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    production = env.get("RECTIFY_ENV", "demo") == "production"
    return {
        "DATA_DIR": data_dir,
        "PRODUCTION": production,
        "DEMO": env.get("DEMO", "1") != "0" and not production,
        "SECRET_KEY": _secret(env, data_dir, production),
        "SECRET_KEY_FALLBACKS": [key for key in env.get("SECRET_KEY_FALLBACKS", "").split(",") if key],
        "SQLALCHEMY_DATABASE_URI": env.get("DATABASE_URL", f"sqlite:///{data_dir / 'rectify.db'}"),
        "EVIDENCE_STORE": env.get("EVIDENCE_STORE", str(data_dir / "evidence")),
        "MAX_FILE_BYTES": int(env.get("MAX_FILE_MB", "50")) * MEGABYTE,
        **_uploads(env),
        "MAX_CONTENT_LENGTH": int(env.get("MAX_REQUEST_MB", "120")) * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 4 * MEGABYTE,
        "MAX_FORM_PARTS": 2000,
        "TRUSTED_HOSTS": _hosts(env, production),
        "BEHIND_PROXIES": int(env.get("BEHIND_PROXIES", "0")),
        "DEADMAN_URL": env.get("DEADMAN_URL", ""),
        **_locale(env),
        **_notices(env),
        **_cookies(production and env.get("PLAIN_HTTP") != "1"),
        "SESSION_HOURS": int(env.get("SESSION_HOURS", "12")),
        "IDLE_MINUTES": int(env.get("IDLE_MINUTES", "120")),
        **_jobs(env),
        "ARGON2": _argon2(env.get("ARGON2", "2,19456,1")),
    }


def _uploads(env: dict[str, str]) -> dict[str, Any]:
    """How large photos leave a phone, how long half of one is kept, how long a link to a file is good."""
    return {
        "PHONE_PIXELS": int(env.get("PHONE_PIXELS", "2560")),
        "LINK_MINUTES": int(env.get("LINK_MINUTES", "10")),
        "UPLOAD_DAYS": int(env.get("UPLOAD_DAYS", "7")),
    }


def _secret(env: dict[str, str], data_dir: Path, production: bool) -> str:
    secret = env.get("SECRET_KEY", "")
    if production and len(secret) < 32:
        raise Unsafe("SECRET_KEY is missing or shorter than 32 characters; set a random one and start again.")
    return secret or _kept_secret(data_dir / "secret")


def _hosts(env: dict[str, str], production: bool) -> list[str] | None:
    """The names under which the house is reached; printed activation slips carry them."""
    hosts = _listed(env.get("TRUSTED_HOSTS", ""))
    if production and not hosts:
        raise Unsafe("TRUSTED_HOSTS is missing; name the hosts under which Rectify is reached and start again.")
    return hosts or None


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.write_text(secrets.token_hex(32))
        path.chmod(0o600)
    return path.read_text().strip()


def _locale(env: dict[str, str]) -> dict[str, Any]:
    return {
        "BABEL_DEFAULT_LOCALE": env.get("LOCALE", "zh_CN"),
        "BABEL_DEFAULT_TIMEZONE": env.get("COUNTY_ZONE", "Asia/Shanghai"),
        "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).parent / "translations"),
    }


def _notices(env: dict[str, str]) -> dict[str, Any]:
    """Where mail goes out, what links in it begin with, which addresses inside the network robots may be at."""
    hosts = _listed(env.get("TRUSTED_HOSTS", ""))
    scheme = "http" if env.get("PLAIN_HTTP") == "1" else "https"
    here = f"{scheme}://{hosts[0]}" if hosts else f"http://127.0.0.1:{env.get('PORT', '8000')}"
    security = env.get("SMTP_SECURITY", "starttls")
    if security not in ("starttls", "tls", "none"):
        raise Unsafe("SMTP_SECURITY is one of starttls, tls, none; correct it and start again.")
    return {
        "BASE_URL": env.get("BASE_URL", here).rstrip("/"),
        "SMTP_HOST": env.get("SMTP_HOST", ""),
        "SMTP_PORT": int(env.get("SMTP_PORT", "465" if security == "tls" else "587")),
        "SMTP_SECURITY": security,
        "SMTP_USER": env.get("SMTP_USER", ""),
        "SMTP_PASSWORD": env.get("SMTP_PASSWORD", ""),
        "MAIL_FROM": env.get("MAIL_FROM", ""),
        "NOTICE_GATEWAYS": _listed(env.get("NOTICE_GATEWAYS", "")),
        "SEND_SECONDS": float(env.get("SEND_SECONDS", "15")),
    }


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _jobs(env: dict[str, str]) -> dict[str, Any]:
    """Exports of more rows become jobs; a job whose worker is silent for a lease is taken up by another."""
    return {
        "EXPORT_ROWS": int(env.get("EXPORT_ROWS", "5000")),
        "LIST_ROWS": int(env.get("LIST_ROWS", "300")),
        "LIST_BYTES": int(env.get("LIST_BYTES", str(2 * 1024 * 1024))),
        # From so many tasks on the tick counts what charts show, and pages say as of when.
        "KEPT_FROM": int(env.get("KEPT_FROM", "50000")),
        "JOB_LEASE_SECONDS": int(env.get("JOB_LEASE_SECONDS", "60")),
        "JOB_DAYS": int(env.get("JOB_DAYS", "7")),
    }


def _argon2(listed: str) -> dict[str, int]:
    """Rounds, KiB and lanes of argon2id; the default is the least that OWASP's cheat sheet allows."""
    names = ("time_cost", "memory_cost", "parallelism")
    return dict(zip(names, map(int, listed.split(",")), strict=True))


def _cookies(secure: bool) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_NAME": "__Host-rectify" if secure else "rectify",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": secure,
    }
