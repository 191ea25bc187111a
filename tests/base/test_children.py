"""Whatever a job does in a child process, this process goes on and is told what happened."""

import os
import threading

import pytest

from stadtlabor.base.bounded import MOST_FOR_ANOTHER_JOB, Bounds, Job
from stadtlabor.base.children import Children, StoppedError, side_by_side
from stadtlabor.base.errors import BreakdownError, DeliveryError
from tests.base import jobs

ROOM = Bounds(1_500_000_000, 30)


@pytest.fixture(scope="module")
def children():
    with Children() as running:
        yield running


def test_a_child_is_used_again_and_its_prints_are_no_answer():
    # A parent of any size: what it holds is not what its child used up.
    ballast = b"x" * MOST_FOR_ANOTHER_JOB
    with Children() as children:
        first = children.run(Job(ROOM, jobs.process, (1,)))

        assert children.run(Job(ROOM, jobs.chatter, ())) == "done"
        assert (children.run(Job(ROOM, jobs.process, ())), len(ballast)) == (first, MOST_FOR_ANOTHER_JOB)


def test_what_libraries_reserve_is_not_taken_for_what_they_use():
    with Children() as children:
        assert children.run(Job(ROOM, jobs.look_at_a_table, ())) == 300_001_000


@pytest.mark.parametrize(
    ("work", "bounds", "rule", "text"),
    [
        (jobs.abort, ROOM, "breakdown", r"bad\.xlsx: the program broke down over it \(SIGABRT\)\. Save the file"),
        (jobs.segfault, ROOM, "breakdown", r"broke down over it \(SIGSEGV\)"),
        (jobs.leave, ROOM, "breakdown", r"broke down over it \(exit code 7\)"),
        (jobs.loop, Bounds(ROOM.memory, 0.5), "out_of_bounds", r"more than the 0\.5 seconds allowed.*'bounds'"),
        (jobs.wait, Bounds(ROOM.memory, 0.1), "out_of_bounds", r"more than the 0\.1 seconds allowed"),
        (jobs.fill, ROOM, "out_of_bounds", r"more memory than there is for it \(MemoryError\).*'bounds'"),
        (jobs.break_down, ROOM, "breakdown", r"broke down over it \(ValueError\)"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_job_that_ends_its_child_is_a_fault_and_the_next_one_is_done(children, work, bounds, rule, text):
    with pytest.raises(BreakdownError, match=text) as fault:
        children.run(Job(bounds, work, ()))

    assert (fault.value.rule, "Mustermann" in str(fault.value)) == (rule, False)
    assert fault.value.trace
    assert children.run(Job(ROOM, jobs.process, ()))


def test_a_fault_found_in_a_child_is_told_whole(children):
    with pytest.raises(DeliveryError) as fault:
        children.run(Job(ROOM, jobs.refuse, ()))

    assert fault.value == DeliveryError("w", "f", 3, "c", "r", "damaged")


def test_a_job_that_is_given_up_is_no_fault_of_its_delivery():
    with Children() as running:
        threading.Timer(1, running.__exit__).start()
        with pytest.raises(StoppedError):
            running.run(Job(ROOM, jobs.wait, ()))
        with pytest.raises(StoppedError):
            running.run(Job(ROOM, jobs.process, ()))


@pytest.mark.parametrize(("processes", "here"), [("2", False), ("1", True), ("0", True)])
def test_work_on_several_things_comes_back_in_their_order(monkeypatch, processes, here):
    monkeypatch.setenv("STADTLABOR_PROCESSES", processes)

    found = side_by_side(jobs.numbered, [(number,) for number in range(5)], ROOM)

    assert [number for number, _ in found] == list(range(5))
    assert all((process == os.getpid()) == here for _, process in found)
