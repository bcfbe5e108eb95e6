import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"

/**
 * A second host, inside the network namespace of the journeys: a namespace of its own with its end of one cable for each
 * name given. This side's ends are called `here-NAME`.
 */
export class OtherHost {
  readonly #pid: string

  private constructor(pid: number) {
    this.#pid = String(pid)
  }

  static async start(...cables: ReadonlyArray<string>): Promise<OtherHost> {
    // It ends with this process, whose end of the pipe closes.
    const keeper = spawn("unshare", ["-n", "sh", "-c", "ip link set lo up && echo up && cat"], {
      stdio: ["pipe", "pipe", "inherit"],
    })
    await once(keeper.stdout, "data")
    const host = new OtherHost(keeper.pid ?? 0)
    for (const name of cables) {
      // Without the wait for duplicates, an IPv6 address serves at once.
      ip(`link add here-${name} type veth peer name ${name} netns ${host.#pid}`)
      for (const run of [(words: string) => host.ip(words), ip]) {
        const end = run === ip ? `here-${name}` : name
        run(`link set ${end} up`)
      }
    }
    return host
  }

  /** A command line that runs there. */
  get enter(): ReadonlyArray<string> {
    return ["nsenter", "-t", this.#pid, "-n"]
  }

  ip(words: string): string {
    return execFileSync("nsenter", ["-t", this.#pid, "-n", "ip", ...words.split(" ")], { encoding: "utf8" })
  }
}

export const ip = (words: string): string => execFileSync("ip", words.split(" "), { encoding: "utf8" })
