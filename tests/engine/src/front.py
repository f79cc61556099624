"""ClickHouse's HTTP interface for tests: in come requests, the engine inside of chdb answers.

Only what clients rely on is there. Readers have their query in the body, parameters in the
address, users in headers, and may set nothing; writers have `INSERT … FORMAT …` in the address and
their rows in the body. Who writes in ClickHouse's own format, as the Collector does, asks in it as
well. Exceptions come with their code. Prints its port when it listens; ends with
its standard input.
"""

import http.server
import json
import os
import re
import struct
import sys
import tempfile
import threading
import urllib.parse

from chdb import session

folder = sys.argv[1]
engine = session.Session(os.path.join(folder, "engine"))
one_at_a_time = threading.Lock()
password = os.environ.get("FRONT_PASSWORD")

# What a writer may say beside its query.
OF_WRITERS = {"query", "database", "async_insert", "wait_for_async_insert"}

# What numbers are in ClickHouse's own format, of those that writers ask for.
NUMBERS = {"UInt8": "<B", "UInt32": "<I"}


def count(number):
    """A whole number, seven bits a byte."""
    more = b""
    while number >= 128:
        more += bytes([number & 127 | 128])
        number >>= 7
    return more + bytes([number])


def text(value):
    value = value.encode()
    return count(len(value)) + value


def block(answer):
    """Rows in ClickHouse's own format, as a client of its newer protocol expects them."""
    rows = answer["data"]
    out = count(1) + b"\0" + count(2) + struct.pack("<i", -1) + count(0)
    out += count(len(answer["meta"])) + count(len(rows))
    for at, column in enumerate(answer["meta"]):
        number = NUMBERS.get(column["type"])
        # Stored as usual: no kind of its own.
        out += text(column["name"]) + text(column["type"]) + b"\0"
        for row in rows:
            out += struct.pack(number, row[at]) if number else text(row[at])
    return out


class Front(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.body()
        address = urllib.parse.urlsplit(self.path)
        given = dict(urllib.parse.parse_qsl(address.query, keep_blank_values=True))
        if password is not None and self.headers.get("X-ClickHouse-Key") != password:
            user = self.headers.get("X-ClickHouse-User", "default")
            said = f"Code: 516. DB::Exception: {user}: Authentication failed. (AUTHENTICATION_FAILED)"
            return self.refuse(said.encode(), 403)
        try:
            with one_at_a_time:
                if given.get("default_format") == "Native":
                    answer = self.native(given.get("query") or body.decode(), body)
                elif "query" in given and given.keys() <= OF_WRITERS:
                    answer = self.insert(given, body)
                elif any(not key.startswith("param_") for key in given):
                    return self.refuse(b"Code: 164. DB::Exception: no settings here. (READONLY)")
                else:
                    parameters = {key[6:]: value for key, value in given.items()}
                    answer = engine.query(body.decode(), "TabSeparated", params=parameters).bytes()
        except Exception as error:
            return self.refuse(str(error).encode())
        self.answer(answer)

    def body(self):
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while length := int(self.rfile.readline().partition(b";")[0], 16):
            parts.append(self.rfile.read(length))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def native(self, query, body):
        into = re.match(r"\s*(INSERT INTO .*?\))", query, re.DOTALL)
        if into:
            return self.rows(into[1], body, "Native")
        return block(json.loads(engine.query(query, "JSONCompact").bytes()))

    def insert(self, given, rows):
        into, _, form = given["query"].rpartition(" FORMAT ")
        engine.query(f"USE `{given.get('database', 'default')}`")
        return self.rows(into, rows, form)

    def rows(self, into, rows, form):
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(rows)
            file.flush()
            return engine.query(f"{into} FROM INFILE '{file.name}' FORMAT {form}").bytes()

    def answer(self, body):
        self.send_response(200)
        if self.request_version == "HTTP/1.0":
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for at in range(0, len(body), 65536):
            part = body[at : at + 65536]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def refuse(self, said, status=500):
        code = said.partition(b"Code: ")[2].partition(b".")[0].decode() or "1002"
        self.send_response(status)
        self.send_header("X-ClickHouse-Exception-Code", code)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Front)
server.daemon_threads = True
# Who asks may go before it is answered.
server.handle_error = lambda *arguments: None
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
# The engine's own threads would be waited for.
os._exit(0)
