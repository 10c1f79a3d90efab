"""Settings of an installation. Everything that differs between two installations comes from the environment.

DEAN06_HOME      where all state lives (default: `var/` in the checkout)
DATABASE_URL     postgresql://user@host:port/name?host=/socket/dir; SQLite under DEAN06_HOME when absent
DEAN06_HOSTS     names this installation answers to, comma-separated (default: loopback only)
DEAN06_HTTPS     1 when a TLS proxy stands in front; turns on secure cookies and HSTS
DEAN06_TSA       the time stamp service of digital signatures (RFC 3161, http or https); without one none are made
DEAN06_PKCS11    libraries of signing tokens that may be loaded, parted by ":"; without one no token can be entered
DEAN06_CSC       addresses of remote signing services (CSC API) that may be asked, comma-separated
DEAN06_PUBLIC_URL  where strangers reach this installation (https://…): printed papers lead there; none: no QR code
DEAN06_FEEDS     machines that feeds may reach, host or host:port or a socket's path, comma-separated; none: none may
DEAN06_AXIS      addresses of axes of documents that groups may connect to, comma-separated; none: nobody connects
DEAN06_WEBHOOK_NETWORKS  private networks to which events for agencies' software may go, as 10.0.0.0/8, comma-separated
DEAN06_MAIL      the server that mails papers: smtp://user:password@host:587 (STARTTLS), smtps://…; none: letters wait
DEAN06_MAIL_FROM  the sender of its letters, such as "Văn thư xã Mẫu <vanthu@xa-mau.example>"
DEAN06_SECRET_KEY  the signing secret; made and kept under DEAN06_HOME/keys when absent
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import os
import re
import secrets
import traceback
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from typing_extensions import override

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

ROOT = Path(__file__).resolve().parent
HOME = Path(os.environ.get("DEAN06_HOME") or ROOT.parent.parent / "var").resolve()


def _secret_key() -> str:
    if given := os.environ.get("DEAN06_SECRET_KEY"):
        return given
    path = HOME / "keys" / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path.with_suffix(f".{os.getpid()}"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):  # another process was first; its key stands
            os.link(path.with_suffix(f".{os.getpid()}"), path)
        path.with_suffix(f".{os.getpid()}").unlink()
    return path.read_text()


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "dean06.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-16000;"
                ),
            },
        }
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


for _folder in (HOME, HOME / "run", HOME / "run" / "uploads"):
    _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
SECRET_KEY = _secret_key()
DEBUG = False
HTTPS = os.environ.get("DEAN06_HTTPS") == "1"
ALLOWED_HOSTS = [name for name in os.environ.get("DEAN06_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if name]
TSA_URL = os.environ.get("DEAN06_TSA", "")
PKCS11_LIBRARIES = tuple(path for path in os.environ.get("DEAN06_PKCS11", "").split(":") if path)
CSC_SERVICES = tuple(url.strip() for url in os.environ.get("DEAN06_CSC", "").split(",") if url.strip())
FEED_HOSTS = tuple(one.strip() for one in os.environ.get("DEAN06_FEEDS", "").split(",") if one.strip())
AXES = tuple(url.strip().rstrip("/") for url in os.environ.get("DEAN06_AXIS", "").split(",") if url.strip())
PUBLIC_URL = os.environ.get("DEAN06_PUBLIC_URL", "").rstrip("/")
if PUBLIC_URL and (urlsplit(PUBLIC_URL).scheme not in {"http", "https"} or not urlsplit(PUBLIC_URL).hostname):
    raise ImproperlyConfigured("DEAN06_PUBLIC_URL: write the whole address, such as https://dean06.xa-mau.example")
WEBHOOK_NETWORKS = tuple(one.strip() for one in os.environ.get("DEAN06_WEBHOOK_NETWORKS", "").split(",") if one.strip())
for _network in WEBHOOK_NETWORKS:
    try:
        ipaddress.ip_network(_network)
    except ValueError as problem:
        raise ImproperlyConfigured("DEAN06_WEBHOOK_NETWORKS: write networks such as 10.20.0.0/16") from problem
MAIL = urlsplit(os.environ.get("DEAN06_MAIL", ""))
if MAIL.geturl() and (MAIL.scheme not in {"smtp", "smtps"} or not MAIL.hostname):
    raise ImproperlyConfigured("DEAN06_MAIL: write smtp://user:password@host:587 or smtps://user:password@host:465")
# Without a server letters are refused and wait, so that none is taken for sent.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if MAIL.hostname else "dean06.papers.post.no_mail.NoMail"
EMAIL_HOST = MAIL.hostname or ""
EMAIL_PORT = MAIL.port or (465 if MAIL.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(MAIL.password or "")
EMAIL_USE_SSL = MAIL.scheme == "smtps"
EMAIL_USE_TLS = MAIL.scheme == "smtp" and dict(parse_qsl(MAIL.query)).get("starttls") != "0"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEAN06_MAIL_FROM", "dean06@localhost")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "dean06.ledger",
    "dean06.identity",
    "dean06.offices",
    "dean06.adoption",
    "dean06.population",
    "dean06.sources",
    "dean06.papers",
    "dean06.notices",
    "dean06.catalogue",
    "dean06.machines",
    "dean06.reconcile",
    "dean06.work",
    "dean06.meetings",
    "dean06.funds",
    "dean06.conduct",
    "dean06.corrections",
    "dean06.reports",
    "dean06.jobs",
    "dean06.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dean06.identity.caching.KeepNothing",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dean06.web.language.LanguageMiddleware",
    "dean06.web.moments.MomentMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dean06.web.refusing.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "dean06.urls"
WSGI_APPLICATION = "dean06.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dean06.web.reader.frame",
            ],
        },
    },
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/dang-nhap/"
PASSWORD_RESET_TIMEOUT = 3600  # seconds that a link for a forgotten password serves

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429

DEAN06_STYLE_GUIDE = os.environ.get("DEAN06_STYLE_GUIDE") == "1"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Lists of people on their way in lie beside the rest of the state, never in the machine's common /tmp; backups leave
# this directory out, and the worker sweeps what a killed upload left.
FILE_UPLOAD_TEMP_DIR = HOME / "run" / "uploads"
FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # an uploaded list of people goes to a file at once, never through a cache
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}


# Addresses of which a part is a secret: whoever reads a log must not be able to use them.
SECRET_ADDRESSES = re.compile(r"(/openrefine/|/lich/)[A-Za-z0-9_-]{16,}")


class WithoutWords(logging.Formatter):
    """Writes of an exception its kind and where it arose; its words may quote a row of a list, and are left out.

    So are the secret parts of addresses.
    """

    @override
    def format(self, record: logging.LogRecord) -> str:
        return SECRET_ADDRESSES.sub(r"\1…", super().format(record))

    @override
    def formatException(self, ei: ExceptionInfo) -> str:
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"Traceback (words left out):\n{frames}{kind.__name__ if kind else ''}"


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": WithoutWords}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
