"""A whole chain for the stories."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.local.stack import Stack
from tests.fault.chain import Chain, chain_of, started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """One chain for a module's stories."""
    stack = await started(tmp_path_factory.mktemp("chain"))
    yield stack
    await stack.stop()


@pytest.fixture
def chain(stack: Stack) -> Chain:
    """The chain, with new citizens."""
    return chain_of(stack)
