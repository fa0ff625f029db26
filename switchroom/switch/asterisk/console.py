"""Asterisk's own console, by its control socket: for the little that its REST interface does not tell."""

import asyncio
from pathlib import Path

_WITHIN = 3.0


async def ask(control: Path, command: str) -> str:
    """What the console answers, without its greeting. Raises: OSError; TimeoutError."""
    async with asyncio.timeout(_WITHIN):
        reader, writer = await asyncio.open_unix_connection(control)
        try:
            writer.write(f"cli quit after {command}\0".encode())
            answer = await reader.read()
        finally:
            writer.close()
    return answer.decode(errors="replace").partition("\n")[2]
