"""A time stamp service over HTTP (RFC 3161): it answers in time and in form, or nothing is signed."""

from __future__ import annotations

from asn1crypto import tsp
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from typing_extensions import override

__all__ = ["NetworkStamps"]


class NetworkStamps(HTTPTimeStamper):
    """A service at an address; an answer that is no time stamp counts as none."""

    @override
    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        try:
            answer = await super().async_request_tsa_response(req)
            granted = answer["status"]["status"].native in ("granted", "granted_with_mods")
            stamped = answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
            imprint = stamped["message_imprint"]["hashed_message"].native
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise TimestampRequestError("the answer is no time stamp") from error
        if not granted or imprint != req["message_imprint"]["hashed_message"].native:
            raise TimestampRequestError("no time stamp was granted for this hash")
        return answer
