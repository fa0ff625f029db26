"""A person at a browser: signs in, speaks with a tone of their own, and hears what the page lets them hear."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr
from playwright.async_api import Browser, BrowserContext, Error, Page, Playwright, async_playwright

from demo.phone.sound import RATE, Samples, loudness_of
from tests.browser.chromium import FLAGS, chromium

_VOICE_RATE = 48000
_CLEAN_VOICE = """
  const ask = navigator.mediaDevices?.getUserMedia?.bind(navigator.mediaDevices);
  if (ask) navigator.mediaDevices.getUserMedia = (wanted) => ask({...wanted, audio: wanted.audio && {
    ...(wanted.audio === true ? {} : wanted.audio),
    echoCancellation: false, noiseSuppression: false, autoGainControl: false}});
"""
"""Tones are no speech: the browser would take them for noise, and for an echo of each other."""
_ONE_CODEC = """
  const set = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (told) {
    const kept = [...told.sdp.matchAll(/^a=rtpmap:(\\d+) (\\S+?)\\//gm)]
      .filter(([, , name]) => [CODEC, 'telephone-event'].includes(name)).map(([, payload]) => payload);
    const sdp = told.sdp.replace(/^(m=audio \\d+ \\S+) .*$/m, `$1 ${kept.join(' ')}`);
    return set.call(this, {type: told.type, sdp});
  };
"""
"""A browser that has no other codec than this one."""
_EARS = """
  window.switchroomEars = new Set();
  const {set, get} = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {get, configurable: true, set(stream) {
    window.switchroomEars.add(this);
    set.call(this, stream);
  }});
  window.switchroomLines = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) { super(...given); window.switchroomLines.push(this); }
  };
  window.switchroomCodecs = async () => {
    const found = [];
    for (const line of window.switchroomLines.filter((one) => one.connectionState === 'connected')) {
      const stats = await line.getStats();
      stats.forEach((one) => { if (one.type.endsWith('bound-rtp')) found.push(stats.get(one.codecId)?.mimeType); });
    }
    return found;
  };
  window.switchroomListen = async (seconds) => {
    const playing = [...window.switchroomEars].filter((e) =>
      e.srcObject?.active && e.srcObject.getAudioTracks().length && !e.paused && !e.muted && e.volume > 0);
    const context = window.switchroomContext ??= new AudioContext();
    await context.resume();
    const mixed = context.createGain();
    const sources = playing.map((e) => context.createMediaStreamSource(e.srcObject));
    sources.forEach((source) => source.connect(mixed));
    const blocks = [], wanted = seconds * context.sampleRate;
    const recorder = context.createScriptProcessor(4096, 1, 1);
    mixed.connect(recorder).connect(context.destination);
    await new Promise((done) => {
      let heard = 0;
      recorder.onaudioprocess = ({inputBuffer}) => {
        blocks.push(inputBuffer.getChannelData(0).slice());
        if ((heard += inputBuffer.length) >= wanted) done();
      };
    });
    [...sources, mixed, recorder].forEach((node) => node.disconnect());
    const octets = new Uint8Array(await new Blob(blocks).arrayBuffer());
    let text = '';
    for (let i = 0; i < octets.length; i += 32768) text += String.fromCharCode(...octets.subarray(i, i + 32768));
    return {rate: context.sampleRate, elements: playing.length, samples: btoa(text)};
  };
"""
"""What the page really plays: elements that hold a living stream, run and are not muted, wherever they hang."""


class Visitor:
    """One person at one browser, with a voice that is a tone."""

    def __init__(self, browser: Browser, context: BrowserContext, page: Page, address: str) -> None:
        self.browser, self.context, self.page, self._address = browser, context, page, address

    async def sign_in(self, user: str, password: str) -> None:
        """By the API, as the page does; the cookie lies in the browser then."""
        answer = await self.context.request.post(
            f"{self._address}/api/session", data={"name": user, "password": password}
        )
        assert answer.status == 201, await answer.text()

    async def listen(self, seconds: float = 0.4, page: Page | None = None) -> Samples:
        """What the page plays just now."""
        told = await (page or self.page).evaluate("(seconds) => window.switchroomListen(seconds)", seconds)
        sound = np.frombuffer(base64.b64decode(told["samples"]), dtype=np.float32)
        fitted = soxr.resample(sound, told["rate"], RATE)
        samples: Samples = (np.clip(fitted, -1, 1) * 32767).astype(np.int16)
        return samples

    async def codecs(self) -> set[str]:
        """In which the page sends and receives just now."""
        return set(await self.page.evaluate("() => window.switchroomCodecs()"))

    async def hears(self, frequency: float, within: float = 30.0, level: float = 0.02) -> bool:
        """Whether this tone comes to be heard in time."""
        return await self._comes(lambda loudness: loudness > level, frequency, within)

    async def falls_silent(self, frequency: float, within: float = 30.0, level: float = 0.005) -> bool:
        """Whether this tone comes to be heard no more."""
        return await self._comes(lambda loudness: loudness < level, frequency, within)

    async def _comes(self, so: Callable[[float], bool], frequency: float, within: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not so(await self._loudness(frequency)):
                    pass  # listening itself takes its time
                return True
        return False

    async def _loudness(self, frequency: float) -> float:
        """Of this tone now; a page that is just loading anew plays nothing."""
        try:
            return loudness_of(await self.listen(), frequency)
        except Error:
            await asyncio.sleep(0.1)
            return 0.0


class Visitors:
    """Opens browsers; all are closed after the test."""

    def __init__(self, playwright: Playwright, address: str, folder: Path, stack: AsyncExitStack) -> None:
        self._playwright, self._address, self._folder, self._stack = playwright, address, folder, stack

    async def come(self, voice: float = 440.0, codec: str = "", **context: Any) -> Visitor:
        """Somebody new, whose microphone gives a tone of so many hertz; `context` goes to Playwright.

        With `codec` (as SDP calls it) the browser can speak no other.
        """
        browser = await self._playwright.chromium.launch(
            executable_path=chromium(), args=[*FLAGS, f"--use-file-for-fake-audio-capture={self._voice(voice)}"]
        )
        self._stack.push_async_callback(browser.close)
        opened = await browser.new_context(
            base_url=self._address, permissions=["microphone", "notifications"], **context
        )
        only = f"const CODEC = '{codec}';{_ONE_CODEC}" if codec else ""
        await opened.add_init_script(_scoped(_CLEAN_VOICE, _EARS, only))
        return Visitor(browser, opened, await opened.new_page(), self._address)

    def _voice(self, frequency: float) -> Path:
        """Whole periods in a second, so that it has no seam where the browser begins anew."""
        path = self._folder / f"{round(frequency)}.wav"
        moments = np.arange(_VOICE_RATE) / _VOICE_RATE
        soundfile.write(path, 0.3 * np.sin(2 * np.pi * round(frequency) * moments), _VOICE_RATE, subtype="PCM_16")
        return path


def _scoped(*scripts: str) -> str:
    """Names of one are not those of another."""
    return "".join(f"{{{script}}}" for script in scripts)


@asynccontextmanager
async def visitors(address: str, folder: Path) -> AsyncIterator[Visitors]:
    """Browsers for whoever comes to the doors at this address."""
    async with async_playwright() as playwright, AsyncExitStack() as stack:
        yield Visitors(playwright, address, folder, stack)
