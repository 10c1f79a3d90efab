"""The door of machines: a signed assertion (RFC 7523) in, a short-lived access token (RFC 9068) out.

Neither is stored: of an assertion that was taken a digest stays until it would have ended by itself, so that it is not
taken twice; a token is checked by its signature, and its account is looked up at each call. Where the software shows a
key when it asks (DPoP, RFC 9449), its token serves with a proof of that key alone, a new one for each call.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwt import Claims, JWTClaimsRegistry

from dean06.clock import service as clock
from dean06.machines import public_keys, signing_keys
from dean06.machines.errors import NotRecognised
from dean06.machines.models import Assertion, Machine
from dean06.machines.proof_of_key import Proof, Shown, checked
from dean06.machines.reading import machine_info
from dean06.machines.service.accounts import scopes_of
from dean06.machines.types import Bearer, MachineInfo, Scope, Token
from dean06.offices import service as offices

SECONDS = 600
LONGEST = timedelta(minutes=5)  # that an assertion may still have to live when it comes
LEEWAY = timedelta(seconds=60)
ALGORITHM, KIND = "HS256", "at+jwt"
BIGGEST = 8000  # characters of an assertion or a token

__all__ = ["SECONDS", "Shown", "bearer", "issue", "published_key", "refused"]


def published_key() -> dict[str, str]:
    """Return the public key by which a receiver of events checks their signature, as a JWK."""
    return signing_keys.published()


def _not_recognised(code: str = "invalid_client") -> NotRecognised:
    """Return the one answer to whoever is not known: it does not tell what was wrong."""
    return NotRecognised(
        code,
        "Không nhận ra phần mềm: kiểm tra mã tài khoản, khóa, đồng hồ máy và ngày hết hạn của tài khoản.",
        "The software is not recognised: check the account's id, its key, the clock and the account's last day.",
    )


def refused(public_id: str, code: str) -> None:
    """Count a call that was refused, for whoever looks after the account."""
    Machine.objects.filter(public_id=public_id).update(
        refused=F("refused") + 1, refused_at=clock.now(), refused_for=code[:40]
    )


def _claimed(assertion: str) -> Machine:
    """Return the account that an assertion says it is of, before anything is checked."""
    try:
        told = json.loads(jws.extract_compact(assertion.encode()).payload)
        public_id = uuid.UUID(str(told["sub"]))
    except (JoseError, ValueError, KeyError, TypeError) as problem:
        raise _not_recognised() from problem
    row = Machine.objects.filter(public_id=public_id).first()
    if row is None:
        raise _not_recognised()
    return row


def issue(assertion: str, audiences: Iterable[str], scope: str, shown: Shown | None = None) -> Token:
    """Return an access token for a signed assertion.

    Args:
        assertion: a JWT that the software signed with its private key: `iss` and `sub` its id, `aud` one of
            `audiences`, `exp` within five minutes, a `jti` of its own.
        audiences: the addresses under which this installation is spoken to.
        scope: what is asked for, parted by spaces; empty asks for all that the account has.
        shown: the request, where it bears a proof of a key: the token then serves with that key alone.
    """
    if not assertion or len(assertion) > BIGGEST or not assertion.isascii():
        raise _not_recognised()
    row = _claimed(assertion)
    try:
        claims = _checked(row, assertion, frozenset(audiences))
        _require_serving(machine_info(row))
        asked = _granted(machine_info(row), scope)
        proof = checked(shown) if shown is not None and shown.proofs else None
        _take_once(row, claims)
        if proof is not None:
            _take_proof(row, proof)
    except NotRecognised as problem:
        refused(str(row.public_id), problem.code)
        raise
    now = int(clock.now().timestamp())
    told = {
        "iss": "dean06",
        "aud": "dean06",
        "sub": str(row.public_id),
        "client_id": str(row.public_id),
        "scope": " ".join(asked),
        "iat": now,
        "exp": now + SECONDS,
        "jti": str(uuid.uuid4()),
        "key": row.thumbprint,
        **({"cnf": {"jkt": proof.thumbprint}} if proof else {}),
    }
    value = jwt.encode({"alg": ALGORITHM, "typ": KIND}, told, signing_keys.token_key(), algorithms=[ALGORITHM])
    return Token(value=value, seconds=SECONDS, scopes=asked, bound=proof is not None)


def _granted(machine: MachineInfo, scope: str) -> tuple[Scope, ...]:
    asked = scopes_of(scope) if scope else machine.scopes
    if not set(asked) <= set(machine.scopes):
        raise NotRecognised("invalid_scope", "Tài khoản không có phạm vi này.", "The account lacks this scope.")
    return asked


def _registry(audiences: frozenset[str]) -> JWTClaimsRegistry:
    now = int(clock.now().timestamp())
    return JWTClaimsRegistry(
        now=lambda: now,
        leeway=int(LEEWAY.total_seconds()),
        exp={"essential": True},
        aud={"essential": True, "values": sorted(audiences)},
    )


def _checked(row: Machine, assertion: str, audiences: frozenset[str]) -> Claims:
    if not row.key:
        raise _not_recognised()
    key, allowed = public_keys.loaded(row.key), public_keys.ALGORITHMS[row.key["kty"]]
    try:
        claims = jwt.decode(assertion, key, algorithms=list(allowed)).claims
        _registry(audiences).validate(claims)
    except (JoseError, ValueError, TypeError) as problem:
        raise _not_recognised() from problem
    own = str(row.public_id)
    ends = claims["exp"]
    if claims.get("iss") != own or claims.get("sub") != own or not isinstance(ends, int):
        raise _not_recognised()
    if datetime.fromtimestamp(ends, UTC) > clock.now() + LONGEST + LEEWAY:
        raise _not_recognised()
    return claims


def _require_serving(machine: MachineInfo, code: str = "invalid_client") -> None:
    group = offices.group_by_id(machine.group_id)
    if group.ending is not None or not machine.serves_on(clock.today(group)):
        raise _not_recognised(code)


def _take_once(row: Machine, claims: Claims) -> None:
    """Take an assertion's number: the same one is not taken again while it could still serve."""
    number = claims.get("jti")
    if not isinstance(number, str) or not 8 <= len(number) <= 200:
        raise _not_recognised()
    until = datetime.fromtimestamp(claims["exp"], UTC) + 2 * LEEWAY
    if not _is_new(row, number, until):
        raise _not_recognised()


def _take_proof(row: Machine, proof: Proof) -> None:
    """Take the number of a proof of a key, which is not taken again while the proof could still serve."""
    if not _is_new(row, f"dpop {proof.thumbprint} {proof.number}", proof.until):
        raise NotRecognised(
            "invalid_dpop_proof",
            "Chứng minh khóa (DPoP) này đã dùng: mỗi lời gọi một chứng minh mới.",
            "This proof of a key (DPoP) was used: make a new one for each call.",
        )


def _is_new(row: Machine, number: str, until: datetime) -> bool:
    """Keep the digest of what serves once; says whether it was not there yet."""
    digest = hashlib.sha256(number.encode()).hexdigest()
    Assertion.objects.filter(until__lt=clock.now()).delete()
    try:
        with transaction.atomic():
            Assertion.objects.create(group_id=row.group_id, machine=row, digest=digest, until=until)
    except IntegrityError:
        return False
    return True


def bearer(token: str, shown: Shown | None = None) -> Bearer:
    """Return who calls with an access token; a revoked account, another key or a past last day ends it at once.

    Args:
        token: the token.
        shown: the request, where the token came as one that is bound to a key; such a token comes no other way.
    """
    if not token or len(token) > BIGGEST or not token.isascii():
        raise _not_recognised("invalid_token")
    try:
        read = jwt.decode(token, signing_keys.token_key(), algorithms=[ALGORITHM])
        _registry(frozenset({"dean06"})).validate(read.claims)
    except (JoseError, ValueError, TypeError) as problem:
        raise _not_recognised("invalid_token") from problem
    row = Machine.objects.filter(public_id=str(read.claims["sub"])).first()
    if row is None or read.header.get("typ") != KIND or row.thumbprint != read.claims.get("key"):
        raise _not_recognised("invalid_token")
    machine = machine_info(row)
    try:
        _require_serving(machine, "invalid_token")
        _require_key(row, token, read.claims, shown)
    except NotRecognised as problem:
        refused(machine.public_id, problem.code)
        raise
    return Bearer(machine=machine, scopes=scopes_of(str(read.claims["scope"])))


def _require_key(row: Machine, token: str, claims: Claims, shown: Shown | None) -> None:
    """Refuse a token that is bound to a key where that key is not shown, and one that is not where it says it is."""
    bound = claims.get("cnf")
    if bound is None and shown is None:
        return
    if bound is None or shown is None:
        raise _not_recognised("invalid_token")
    proof = checked(shown, token)
    if proof.thumbprint != bound["jkt"]:
        raise _not_recognised("invalid_token")
    _take_proof(row, proof)
