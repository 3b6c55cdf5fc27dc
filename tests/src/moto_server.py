"""Runs moto_server on a free loopback port until standard input closes.

The kernel picks the port, so no other process can take it in between, and it is told on standard output. Standard
input is held open by the test process: whichever way that ends, the server ends with it.
"""

import os
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server


def leave_with_the_test():
    sys.stdin.buffer.read()
    os._exit(0)


# As in moto.server.main, but for the port.
app = DomainDispatcherApplication(create_backend_app)
app.debug = True
server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=MotoRequestHandler)
os.environ["MOTO_PORT"] = str(server.port)

threading.Thread(target=leave_with_the_test, daemon=True).start()
print(server.port, flush=True)
server.serve_forever()
