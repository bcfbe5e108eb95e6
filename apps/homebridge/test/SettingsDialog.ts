import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { atTestTime } from "../../../packages/simulator/test/householdClock.ts"

interface Message {
  readonly action: string
  readonly payload: { readonly requestId?: string; readonly success?: boolean; readonly data?: unknown }
}

/** Homebridge's settings dialog, as far as a plugin's page sees it: starts `homebridge-ui/server.js` and asks it. */
export class SettingsDialog {
  readonly #process: ChildProcess
  readonly #config: Record<string, unknown>
  #asked = 0

  private constructor(process: ChildProcess, config: Record<string, unknown>) {
    this.#process = process
    this.#config = config
  }

  static async open(
    plugin: string,
    storage: string,
    config: Record<string, unknown>,
    environment: Record<string, string> = {},
  ): Promise<SettingsDialog> {
    const child = fork(path.join(plugin, "homebridge-ui", "server.js"), {
      env: { ...process.env, ...atTestTime(), HOMEBRIDGE_STORAGE_PATH: storage, ...environment },
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    })
    await once(child, "message")
    return new SettingsDialog(child, config)
  }

  async ask(path: string, body: Record<string, unknown> = {}): Promise<unknown> {
    const requestId = `${++this.#asked}`
    const answer = new Promise<unknown>((resolve, reject) => {
      const listen = (message: Message) => {
        if (message.payload.requestId !== requestId) return
        this.#process.off("message", listen)
        const { success, data } = message.payload
        if (success) resolve(data)
        else reject(new Error(isMessage(data) ? data.message : JSON.stringify(data)))
      }
      this.#process.on("message", listen)
    })
    this.#process.send({ action: "request", path, requestId, body: { ...body, config: this.#config } })
    return answer
  }

  /** Signs a person in as a browser would: opens Withings' page, presses Authorize, pastes the address landed on. */
  async connect(person: string): Promise<unknown> {
    const answer = await this.ask("/connect", { name: person })
    if (!isConnect(answer)) throw new Error(`no address to open: ${JSON.stringify(answer)}`)
    const url = new URL(answer.authorizeUrl)
    const form = new URLSearchParams([...url.searchParams, ["person", person], ["decision", "authorize"]])
    const response = await fetch(`${url.origin}${url.pathname}`, {
      method: "POST",
      body: form,
      redirect: "manual",
    })
    const landedOn = response.headers.get("location")
    if (landedOn === null) throw new Error(`Withings' page did not lead back: ${await response.text()}`)
    return this.ask("/finish", { landedOn })
  }

  /** As when the user closes the dialog. */
  async close(): Promise<void> {
    const ended = once(this.#process, "exit")
    this.#process.disconnect()
    await ended
  }
}

const isMessage = (data: unknown): data is { readonly message: string } =>
  typeof data === "object" && data !== null && "message" in data && typeof data.message === "string"

const isConnect = (data: unknown): data is { readonly authorizeUrl: string } =>
  typeof data === "object" && data !== null && "authorizeUrl" in data && typeof data.authorizeUrl === "string"
