import { fork } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it, vi } from "vitest"

const script = fileURLToPath(new URL("./server.ts", import.meta.url))

/** The dialog's side: starts the server as the UI does, and waits until it is ready. */
const openDialog = async (storage: string) => {
  const server = fork(script, {
    env: { ...process.env, HOMEBRIDGE_STORAGE_PATH: storage },
    execArgv: ["--conditions", "@withings-bridge/source", "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  })
  const complaints: Array<string> = []
  server.stderr?.setEncoding("utf8").on("data", (text: string) => complaints.push(text))
  await once(server, "message")
  return { server, complaints }
}

it("ends in order when the dialog goes away before it is answered", async () => {
  const storage = await mkdtemp(path.join(tmpdir(), "settings-server-"))
  const { server, complaints } = await openDialog(storage)
  // More than it can answer before the dialog is gone: the rest of its answers find the channel closed (EPIPE).
  for (let nth = 0; nth < 500; nth++) {
    server.send({ action: "request", path: "/nowhere", requestId: String(nth), body: {} })
  }
  server.disconnect()
  await vi.waitFor(() => expect(server.exitCode ?? server.signalCode).toBe(0), { timeout: 60_000 })
  expect(complaints.join("")).not.toMatch(/error|EPIPE/i)
  await rm(storage, { recursive: true, force: true })
})
