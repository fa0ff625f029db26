"""What every configured thing shares: a key, a title, and strictness about its fields."""

from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import BaseModel, ConfigDict, StringConstraints

from switchroom.domain.identity import KEY

Key = Annotated[str, StringConstraints(pattern=KEY)]
Name = Annotated[str, MinLen(1), MaxLen(120), StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Configured(BaseModel):
    """A part of the configuration: frozen, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_timedelta="float", validate_default=True)
