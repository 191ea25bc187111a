"""The sample deliveries of the default seed, made once."""

import pytest

from stadtlabor import samples


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    samples.generate(folder)
    return folder
