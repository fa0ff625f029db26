"""Health: whether calls can be taken."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from switchroom.api.deps import House

router = APIRouter(prefix="/api", tags=["health"])


class HealthOut(BaseModel):
    """What must be up before calls can be taken, and whether it is."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"ready": True, "parts": {"database": True, "engine": True, "switch": True}}}
    )

    ready: bool
    parts: dict[str, bool]


@router.get(
    "/health",
    operation_id="health",
    summary="Can calls be taken?",
    responses={503: {"model": HealthOut, "description": "Not yet; `parts` says what is missing"}},
)
async def health(response: Response, house: House) -> HealthOut:
    """200 once they can, 503 before. Open to everybody."""
    parts = house.ready()
    ready = all(parts.values())
    response.status_code = 200 if ready else 503
    return HealthOut(ready=ready, parts=parts)
