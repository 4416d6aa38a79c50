"""Everything that the rows before it stored, by the program's own way out. Last: it ends the service first."""
import os
from harness import part10
from harness.matrix import expect, row


@row("export: every instance that was stored above, byte for byte", "all of them")
def everything(world):
    world.needs("export")
    world.service.stop()
    out = world.path("export")
    done = world.program.run("export", "--data", world.service.data, "--out", out)
    expect(done.returncode == 0, done.stderr)
    paths = [os.path.join(root, name) for root, _, names in os.walk(out) for name in names]
    # Other contents under one UID are files of their own.
    found = {(whole.instance, whole.data) for whole in map(part10.read, paths)}
    expect(len(world.sent) > 0, "nothing was stored")
    wrong = [uid for uid, data in world.sent.items() if (uid, data) not in found]
    expect(not wrong, f"{len(wrong)} of {len(world.sent)} differ or are missing")
