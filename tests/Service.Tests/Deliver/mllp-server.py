"""An MLLP server of python3-hl7: prints its port, answers the first message AA, the second AR, the third not at all, and prints what it read of the first."""
import asyncio
import sys

import hl7
from hl7.mllp import start_hl7_server

sys.stdout.reconfigure(encoding="utf-8")
count = 0


async def serve(reader, writer):
    global count
    try:
        while not writer.is_closing():
            message = await reader.readmessage()
            count += 1
            if count == 1:
                names = message.segment("PID")[5]
                name = names[1] if len(names) > 1 else names[0]
                text = message.unescape(str(message.segments("OBX")[0][5]))
                print(message.segment("MSH")[9][0][2], message.segment("PID")[3][0][0], f"{name[0]}^{name[1]}", text[:18], sep="\t", flush=True)
            if count <= 2:
                writer.writemessage(message.create_ack("AA" if count == 1 else "AR"))
                await writer.drain()
            else:
                writer.close()
    except asyncio.IncompleteReadError:
        writer.close()


async def main():
    server = await start_hl7_server(serve, "127.0.0.1", 0, encoding="utf-8")
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
