"""Loopback with a wire in between.

The cluster lives in a network namespace of its own. Here its ports are offered on the same addresses,
and what goes through is held back for `delay` seconds each way, or altogether while `is_cut`.
"""

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time

PORTS = 21


class SlowNetwork:
    def __init__(self, folder, port):
        self.folder, self.port = folder, port
        self.delay = 0.0
        self.is_cut = False
        os.makedirs(folder, exist_ok=True)
        self.inside = subprocess.Popen(
            ["unshare", "--net", "--", sys.executable, __file__, folder, str(port)],
            stdout=subprocess.PIPE, text=True)
        if self.inside.stdout.readline() != "ready\n":
            raise SystemExit("a network namespace can't be made: this needs root, or CAP_SYS_ADMIN")
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self._serve, args=(ready,), daemon=True).start()
        if not ready.wait(10):
            raise SystemExit(f"the ports from {port} on are not free")

    def run(self, *words):
        """Runs a program where the cluster is."""
        subprocess.run(["nsenter", "--net", "--target", str(self.inside.pid), *words], check=True)

    def close(self):
        self.inside.kill()

    def _serve(self, ready):
        asyncio.set_event_loop(self.loop)

        async def listen():
            for port in range(self.port, self.port + PORTS):
                await asyncio.start_server(
                    lambda reader, writer, port=port: self._connect(reader, writer, port),
                    "127.0.0.1", port)
            ready.set()

        self.loop.run_until_complete(listen())
        self.loop.run_forever()

    async def _connect(self, reader, writer, port):
        try:
            far_reader, far_writer = await asyncio.open_unix_connection(f"{self.folder}/{port}")
        except OSError:
            writer.transport.abort()
            return
        await asyncio.gather(
            self._carry(reader, far_writer), self._carry(far_reader, writer),
            return_exceptions=True)

    async def _carry(self, reader, writer):
        """Keeps the order, and holds each piece back for itself: a long wire, not a thin one."""
        pieces = asyncio.Queue()

        async def send():
            while True:
                due, data = await pieces.get()
                await asyncio.sleep(max(0, due - time.monotonic()))
                while self.is_cut:
                    await asyncio.sleep(0.05)
                if not data:
                    break
                writer.write(data)
                await writer.drain()
            writer.close()

        sending = asyncio.ensure_future(send())
        try:
            while data := await reader.read(1 << 18):
                pieces.put_nowait((time.monotonic() + self.delay, data))
        except OSError:
            pass
        pieces.put_nowait((time.monotonic() + self.delay, b""))
        try:
            await sending
        except OSError:
            writer.transport.abort()


def inside(folder, first):
    """In the cluster's namespace: from sockets of the file system to its ports."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)

    async def carry(reader, writer):
        try:
            while data := await reader.read(1 << 18):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.close()

    async def connect(reader, writer, port):
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.transport.abort()
            return
        far_writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer))

    async def serve():
        for port in range(first, first + PORTS):
            path = f"{folder}/{port}"
            if os.path.exists(path):
                os.unlink(path)
            await asyncio.start_unix_server(
                lambda reader, writer, port=port: connect(reader, writer, port), path)
        print("ready", flush=True)
        await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    inside(sys.argv[1], int(sys.argv[2]))
