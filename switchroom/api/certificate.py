"""The house's certificate authority, for whoever wants to trust it."""

from fastapi import APIRouter
from fastapi.responses import FileResponse

from switchroom.api.deps import House
from switchroom.api.errors import PROBLEMS
from switchroom.domain.refusals import NotFound

router = APIRouter(prefix="/api", tags=["health"], responses=PROBLEMS)


@router.get(
    "/certificate-authority",
    operation_id="get_certificate_authority",
    summary="The certificate to install",
    response_class=FileResponse,
    responses={200: {"content": {"application/x-x509-ca-cert": {}}, "description": "A certificate in PEM"}},
)
async def get_certificate_authority(house: House) -> FileResponse:
    """Open to everybody: a browser that trusts it shows no warning here. Compare its fingerprint before installing."""
    if house.authority is None:
        raise NotFound(kind="certificate", key="authority")
    return FileResponse(house.authority, media_type="application/x-x509-ca-cert", filename="switchroom-authority.crt")
