"""What the other browser tests rely on: a tone comes through, silence is silence, and barriers are found."""

import pytest

from tests.browser.axe import barriers
from tests.browser.visitor import Visitors

pytestmark = pytest.mark.browser

_TALK_TO_YOURSELF = """
async () => {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.onicecandidate = ({candidate}) => far.addIceCandidate(candidate);
  far.onicecandidate = ({candidate}) => near.addIceCandidate(candidate);
  const speaker = new Audio();
  far.ontrack = ({streams}) => { speaker.srcObject = streams[0]; speaker.play(); };
  const voice = await navigator.mediaDevices.getUserMedia({audio: true});
  voice.getTracks().forEach((track) => near.addTrack(track, voice));
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription);
  window.speaker = speaker;
}
"""


async def test_a_tone_that_the_page_plays_is_heard_and_one_that_it_mutes_is_not(people: Visitors) -> None:
    anna = await people.come(voice=700)
    await anna.page.goto("/api/health")
    await anna.page.evaluate(_TALK_TO_YOURSELF)
    assert await anna.hears(700)
    assert not await anna.hears(1000, within=1)
    await anna.page.evaluate("() => { speaker.muted = true; }")
    assert await anna.falls_silent(700)


async def test_two_people_have_two_voices_and_sessions_of_their_own(people: Visitors) -> None:
    anna, boris = await people.come(voice=700), await people.come(voice=900)
    for visitor in (anna, boris):
        await visitor.page.goto("/api/health")
        await visitor.page.evaluate(_TALK_TO_YOURSELF)
    assert await anna.hears(700)
    assert await boris.hears(900)
    assert not await anna.hears(900, within=1)


async def test_what_a_blind_person_would_stumble_over_is_found(people: Visitors) -> None:
    anna = await people.come()
    await anna.page.set_content(
        "<html lang='en'><title>Desk</title><main><h1>Desk</h1><button>Hold</button></main></html>"
    )
    assert await barriers(anna.page) == []
    await anna.page.set_content("<html lang='en'><title>Desk</title><main><h1>Desk</h1><button></button></main></html>")
    (found,) = await barriers(anna.page)
    assert found.startswith("button-name")
