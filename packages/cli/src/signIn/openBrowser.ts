import { spawn } from "node:child_process"
import process from "node:process"
import { Effect } from "effect"

const opener: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...ReadonlyArray<string>]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
  linux: ["xdg-open"],
}

/** Tries to open the page; without a desktop nothing happens. */
export const openBrowser = (url: string): Effect.Effect<void> =>
  Effect.sync(() => {
    const [program, ...args] = opener[process.platform] ?? ["xdg-open"]
    const child = spawn(program, [...args, url], { detached: true, stdio: "ignore" })
    child.once("error", () => undefined)
    child.unref()
  })
