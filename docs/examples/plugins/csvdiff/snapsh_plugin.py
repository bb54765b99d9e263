"""The protocol of snapsh's plugins, version 1, for Python 3.8 and later.

One file, to be kept beside the plugin. JSON-RPC 2.0, a message a line, on stdin and stdout; what is
printed goes to stderr, where snapsh shows it.
"""

import json
import sys


class Error(Exception):
    """A failure for the person: kind is one of snapsh's kinds of failures, arg the flag at fault."""

    def __init__(self, message, kind="plugin", help=None, arg=None):
        super().__init__(message)
        self.data = {"kind": kind}
        if help:
            self.data["help"] = help
        if arg:
            self.data["labels"] = [{"arg": arg, "text": ""}]


class Cancelled(Exception):
    """The person has pressed Ctrl-C."""


class Rows:
    """What a command returns in place of a value: rows, made while they are read."""

    def __init__(self, rows, columns=None):
        self.rows, self.columns = rows, columns


class Call:
    def __init__(self, plugin, params):
        self.plugin = plugin
        self.id = params["call"]
        self.args = params["args"]
        self.flags = params["flags"]
        self.dry_run = params["dry_run"]
        self._input = params.get("input")

    def rows(self):
        """The rows that are piped in, one by one."""
        if not self._input:
            return
        if "value" in self._input:
            value = self._input["value"]
            yield from value if isinstance(value, list) else [value]
            return
        stream = self._input["stream"]
        for batch in self.plugin._batches(stream, self.id):
            yield from batch

    def get(self, resource="snapshots", query=None, slice=None):
        """Snapshots or slices of the cloud; needs the permission api:read."""
        params = {"call": self.id, "resource": resource}
        if query is not None:
            params["query"] = query
        if slice is not None:
            params["slice"] = slice
        return self.plugin._ask("api/get", params)["value"]

    def mutate(self, verb, items, wait=False):
        """Changes, through snapsh's executor, which asks the person; gives a row for each."""
        params = {"call": self.id, "verb": verb, "items": items, "wait": wait}
        return self.plugin._ask("mutate", params)["value"]

    def ask(self, question):
        """A person's yes or no."""
        return self.plugin._ask("ask", {"call": self.id, "question": question})["answer"]

    def progress(self, done, total=None, text=""):
        params = {"call": self.id, "done": done, "text": text}
        if total is not None:
            params["total"] = total
        self.plugin._tell("progress", params)

    def log(self, text):
        self.plugin._tell("log", {"call": self.id, "text": text})


class Plugin:
    batch_size = 500

    def __init__(self):
        self._commands, self._completions, self._hooks, self._formats = {}, {}, {}, {}
        self._in, self._out = sys.stdin.buffer, sys.stdout.buffer
        sys.stdout = sys.stderr
        self._next = 1
        self._answers, self._batch_queues, self._credits = {}, {}, {}
        self._cancelled, self._dropped = set(), set()

    def command(self, name):
        return lambda function: self._commands.__setitem__(name, function) or function

    def complete(self, command, param):
        return lambda f: self._completions.__setitem__((command, param), f) or f

    def before(self, function):
        self._hooks["hook/before"] = function
        return function

    def after(self, function):
        self._hooks["hook/after"] = function
        return function

    def format(self, name):
        return lambda function: self._formats.__setitem__(name, function) or function

    def run(self):
        """Serves until snapsh ends."""
        while True:
            message = self._read()
            if message is None or message.get("method") == "shutdown":
                return
            self._handle(message)

    # What follows is the protocol itself.

    def _read(self):
        line = self._in.readline()
        return json.loads(line) if line else None

    def _write(self, message):
        message["jsonrpc"] = "2.0"
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        self._out.write(text.encode() + b"\n")
        self._out.flush()

    def _tell(self, method, params):
        self._write({"method": method, "params": params})

    def _ask(self, method, params):
        id, self._next = self._next, self._next + 1
        self._write({"id": id, "method": method, "params": params})
        while id not in self._answers:
            self._step()
        answer = self._answers.pop(id)
        if "error" in answer:
            error = answer["error"]
            raise Error(error["message"], error.get("data", {}).get("kind", "plugin"))
        return answer["result"]

    def _step(self):
        """Handles one message while something else is waited for."""
        message = self._read()
        if message is None or message.get("method") == "shutdown":
            sys.exit()
        self._handle(message)

    def _batches(self, stream, call):
        queue = self._batch_queues.setdefault(stream, [])
        while True:
            while not queue:
                if call in self._cancelled:
                    raise Cancelled()
                self._step()
            batch = queue.pop(0)
            if isinstance(batch, dict):
                del self._batch_queues[stream]
                if batch.get("error"):
                    raise Error(batch["error"].get("message", "the rows ended with an error"))
                return
            self._tell("s/credit", {"id": stream, "n": 1})
            yield batch

    def _handle(self, message):
        method, params = message.get("method"), message.get("params") or {}
        if method is None:
            self._answers[message["id"]] = message
        elif method == "s/data":
            self._batch_queues.setdefault(params["id"], []).append(params["items"])
        elif method == "s/end":
            self._batch_queues.setdefault(params["id"], []).append(params)
        elif method == "s/credit":
            self._credits[params["id"]] = self._credits.get(params["id"], 0) + params["n"]
        elif method == "s/drop":
            self._dropped.add(params["id"])
        elif method == "$/cancel":
            self._cancelled.add(params["call"])
        elif "id" in message:
            self._answer(message["id"], method, params)

    def _answer(self, id, method, params):
        rows = None
        try:
            result = self._result(method, params)
            if isinstance(result, Rows):
                rows, stream = result, params["call"]
                self._credits[stream] = 4
                result = {"stream": stream}
                if rows.columns:
                    result["columns"] = rows.columns
            self._write({"id": id, "result": result})
        except NotImplementedError as error:
            self._fail(id, -32601, str(error), {})
        except Error as error:
            self._fail(id, -32000, str(error), error.data)
        except Cancelled:
            self._fail(id, -32800, "cancelled", {"kind": "cancelled"})
        if rows is not None:
            self._stream(stream, rows.rows, params["call"])

    def _fail(self, id, code, message, data):
        self._write({"id": id, "error": {"code": code, "message": message, "data": data}})

    def _stream(self, stream, rows, call):
        end, batch = {"id": stream}, []
        try:
            for row in rows:
                batch.append(row)
                if len(batch) == self.batch_size and not self._send(stream, batch, call):
                    return
                if len(batch) == self.batch_size:
                    batch = []
            if batch and not self._send(stream, batch, call):
                return
        except Error as error:
            end["error"] = {"message": str(error), "data": error.data}
        except Cancelled:
            end["error"] = {"message": "cancelled", "data": {"kind": "cancelled"}}
        self._tell("s/end", end)

    def _send(self, stream, batch, call):
        """Waits for room; false when nobody reads any more."""
        while self._credits[stream] == 0:
            if stream in self._dropped:
                break
            if call in self._cancelled:
                raise Cancelled()
            self._step()
        if stream in self._dropped:
            self._dropped.discard(stream)
            self._tell("s/end", {"id": stream})
            return False
        self._credits[stream] -= 1
        self._tell("s/data", {"id": stream, "items": batch})
        return True

    def _result(self, method, params):
        if method == "initialize":
            return {"protocol": 1, "features": []}
        if method == "run":
            command = self._commands.get(params["command"])
            if command is None:
                raise Error("there is no command '%s'" % params["command"], "usage")
            result = command(Call(self, params))
            return result if isinstance(result, Rows) else {"value": result}
        if method == "complete":
            function = self._completions.get((params["command"], params["param"]))
            found = function(params["prefix"], params["words"]) if function else []
            return [{"value": value, "about": about} for value, about in found]
        if method in self._hooks:
            return self._hooks[method](params)
        if method == "format" and params["format"] in self._formats:
            return {"text": self._formats[params["format"]](params["rows"], params["columns"])}
        raise NotImplementedError("there is no method '%s'" % method)
