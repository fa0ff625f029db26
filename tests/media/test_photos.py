"""Photos: a small square of every usual kind, upright and bare; whatever else comes is refused in words."""

import random
from pathlib import Path

import numpy as np
import pytest

from switchroom.domain.refusals import Refusal
from switchroom.media.photos import LARGEST, SIDE, NotPhoto, Photos, PhotoTooLarge, PhotoTooNarrow, squared
from tests.media.pictures import BLUE, RED, WHITE, a_picture, is_like, seen_in, two_halves, with_exif


@pytest.mark.feature("P1")
@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("size", [(900, 600), (600, 900), (40, 40)])
def test_every_usual_kind_becomes_the_same_small_square(kind: str, size: tuple[int, int]) -> None:
    seen = seen_in(squared(a_picture(kind, two_halves(*size))))
    assert seen.shape == (SIDE, SIDE, 3)
    assert is_like(seen[128, 40], RED)
    assert is_like(seen[128, -40], BLUE)


def test_the_middle_of_a_wide_picture_is_kept() -> None:
    wide = two_halves(900, 300)
    wide[:, 300:600, :3] = WHITE
    seen = seen_in(squared(a_picture("png", wide)))
    assert all(is_like(seen[128, x], WHITE) for x in (10, 128, -10))


@pytest.mark.parametrize(("held", "red"), [(1, (128, 40)), (3, (128, -40)), (6, (40, 128)), (8, (-40, 128))])
def test_a_camera_held_on_its_side_gives_an_upright_photo(held: int, red: tuple[int, int]) -> None:
    seen = seen_in(squared(with_exif(a_picture("jpeg", two_halves(300, 400)), held)))
    assert is_like(seen[red], RED)


def test_what_the_camera_tells_besides_is_gone() -> None:
    secret = b"55.7558 N 37.6173 E"
    kept = squared(with_exif(a_picture("jpeg", two_halves(300, 300)), 1, secret))
    assert secret not in kept
    assert b"EXIF" not in kept.upper()


def test_what_is_transparent_lies_on_white() -> None:
    clear = np.zeros((300, 300, 4), np.uint8)
    assert is_like(seen_in(squared(a_picture("png", clear)))[128, 128], WHITE)


@pytest.mark.parametrize("begins", [b"GIF89a", b"<svg>", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"])
def test_what_is_no_picture_is_refused(begins: bytes) -> None:
    with pytest.raises(NotPhoto):
        squared(begins + b"\0" * 99, "x")


def test_an_empty_file_is_no_picture() -> None:
    with pytest.raises(NotPhoto):
        squared(b"")


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_half_a_file_is_no_picture(kind: str) -> None:
    whole = a_picture(kind, np.random.default_rng(1).integers(0, 255, (300, 300, 4), np.uint8))
    with pytest.raises(NotPhoto):
        squared(whole[: len(whole) // 2])


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_small_file_that_would_swell_is_refused_before_it_does(kind: str) -> None:
    swelling = a_picture(kind, np.zeros((7200, 7200, 4), np.uint8))
    assert len(swelling) < 1024 * 1024
    with pytest.raises(PhotoTooLarge):
        squared(swelling)


def test_too_many_octets_are_refused() -> None:
    with pytest.raises(PhotoTooLarge, match="10 MB"):
        squared(b"\xff\xd8\xff" + b"\0" * LARGEST)


@pytest.mark.parametrize("size", [(31, 31), (2000, 32)])
def test_a_dot_and_a_strip_are_no_photo(size: tuple[int, int]) -> None:
    with pytest.raises(PhotoTooNarrow, match=f"{size[0]} by {size[1]}"):
        squared(a_picture("png", two_halves(*size)))


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_whatever_is_broken_in_a_file_it_is_a_photo_or_a_refusal(kind: str) -> None:
    dice = random.Random(kind)
    whole = a_picture(kind, two_halves(64, 64))
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(dice.randrange(1, 20)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            assert seen_in(squared(bytes(broken))).shape == (SIDE, SIDE, 3)
        except Refusal:
            continue


def test_the_same_picture_is_kept_once(tmp_path: Path) -> None:
    photos = Photos(tmp_path)
    name = photos.put(a_picture("jpeg", two_halves(300, 300)))
    assert photos.put(a_picture("jpeg", two_halves(300, 300))) == name
    assert [path.name for path in tmp_path.iterdir()] == [f"{name}.webp"]
    assert photos.path_of(name) == tmp_path / f"{name}.webp"
    assert photos.path_of("0" * 32) is None
    assert photos.path_of("../secret") is None
