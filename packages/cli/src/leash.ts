// Loaded before everything else in each process of the demo. Its standard input is a pipe whose other end the demo
// holds and never writes to: it closes only when the demo has ended, in whatever way, even when it was killed.
import process from "node:process"

const graceMs = 2_000

const endToo = () => {
  process.kill(process.pid, "SIGTERM")
  setTimeout(() => process.kill(process.pid, "SIGKILL"), graceMs).unref()
}

process.stdin.once("close", endToo)
process.stdin.resume()
if ("unref" in process.stdin && typeof process.stdin.unref === "function") process.stdin.unref()
