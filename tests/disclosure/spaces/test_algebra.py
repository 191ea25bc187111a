"""What follows from published numbers by adding and subtracting, against ranks of matrices."""

import numpy as np
import pytest

from stadtlabor.disclosure.spaces.algebra import PORTION, Known


def follows(known, number):
    """By definition: the number adds nothing to the rank."""
    return np.linalg.matrix_rank(np.vstack([known, number])) == np.linalg.matrix_rank(known)


def some_numbers(seed, count, parts=12):
    dice = np.random.default_rng(seed)
    return dice.choice([0, 0, 0, 1, 1, -1], size=(count, parts)).astype(float)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_determined_is_what_adds_nothing_to_the_rank(seed):
    known, secret = some_numbers(seed, 7), some_numbers(seed + 100, 30)
    secret[:5] = known[:5] - known[1:6]
    span = Known(secret)

    span.take(known)

    expected = [bool(follows(known, number)) for number in secret]
    assert span.determined.tolist() == expected
    assert all(expected[:5])


@pytest.mark.parametrize("seed", range(20))
def test_as_much_is_published_as_can_be_and_nothing_secret_follows(seed):
    secret, offered = some_numbers(seed, 3), some_numbers(seed + 100, 2 * PORTION)
    span = Known(secret)

    refused = span.publish(offered)

    published = np.delete(offered, refused, axis=0)
    assert not span.determined.any()
    assert not any(follows(published, number) for number in secret)
    assert refused
    for position in refused:
        more = np.vstack([published, offered[position]])
        assert any(follows(more, number) for number in secret)


def test_numbers_come_in_their_order():
    """Of two that tell together, the second is refused; alone each may go."""
    secret = np.array([[1.0, 1.0, 0.0]])
    offered = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])

    assert Known(secret).publish(offered) == [2]
    assert Known(secret).publish(offered[::-1]) == [2]


def test_nothing_and_nothing():
    nothing = np.zeros((0, 3))

    assert Known(nothing).publish(np.eye(3)) == []
    assert Known(np.eye(3)).publish(nothing) == []
    assert Known(np.zeros((0, 0))).publish(np.zeros((0, 0))) == []
