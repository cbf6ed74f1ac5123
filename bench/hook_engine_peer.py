"""Measures the peer's hook engine in a checkout of it: CPU time of a ring of 1, 10 and 50 pass-through plugins.

Usage: python hook_engine_peer.py CHECKOUT. Prints a line a case, "name nanoseconds", the least of nine rounds.
Needs what the engine itself imports: pyyaml.
"""

import asyncio
import logging
import pathlib
import sys
import tempfile
import time

PLUGIN = """
from core.plugin_sdk import BasePlugin, PluginResponse, PluginHook


class Pass{number}(BasePlugin):
    name = "pass_{number}"
    hook = PluginHook.PRE_FLIGHT

    async def execute(self, ctx):
        return PluginResponse.passthrough()
"""

ENTRY = """
  - name: "Pass {number}"
    hook: "pre_flight"
    priority: {number}
    type: "python"
    enabled: true
    timeout_ms: 50
    entrypoint: "bench.pass_{number}:Pass{number}"
"""


def folder_of(count):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="peer-"))
    (folder / "bench").mkdir()
    for number in range(count):
        (folder / "bench" / f"pass_{number}.py").write_text(PLUGIN.format(number=number))
    entries = "".join(ENTRY.format(number=number) for number in range(count))
    (folder / "manifest.yaml").write_text("plugins:" + (entries if count else " []\n"))
    return folder


async def measure(engine, count, traced):
    manager = engine.PluginManager(plugins_dir=str(folder_of(count)))
    await manager.load_plugins()
    loaded = sum(len(ring) for ring in manager.rings.values())
    assert loaded == count, f"{loaded} of {count} plugins were loaded"

    async def one():
        metadata = {"req_id": "0123456789abcdef"} if traced else {}
        context = engine.PluginContext(body={"messages": []}, metadata=metadata, session_id="bench")
        await manager.execute_ring(engine.PluginHook.PRE_FLIGHT, context)
        assert not context.stop_chain

    async def round_of(seconds):
        passes = 0
        cpu = time.process_time_ns()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for _ in range(5):
                await one()
            passes += 5
        return (time.process_time_ns() - cpu) // passes

    await round_of(0.5)
    costs = []
    for _ in range(9):
        costs.append(await round_of(0.4))
    return min(costs)


async def main():
    sys.path.insert(0, sys.argv[1])
    from core import plugin_engine

    logging.disable(logging.CRITICAL)
    for count in (0, 1, 10, 50):
        for traced in (False, True):
            cost = await measure(plugin_engine, count, traced)
            print(f"hooks{count}{'-traced' if traced else ''} {cost}", flush=True)


asyncio.run(main())
