import { spawn, spawnSync } from "node:child_process"

/** Matter needs multicast; a namespace of its own has nobody else's Matter devices and no fixed port taken. */
const enter = ["-Urn", "bash", "-c"]
const setUp =
  "ip link set lo up && ip route add 224.0.0.0/4 dev lo && " +
  // matter.js 0.13 misreads the address ::1 in mDNS answers.
  "ip addr add fd00::1/128 dev lo nodad && ip addr del ::1/128 dev lo"

/** Whether this machine lets an ordinary user make a network namespace with multicast on its loopback. */
export const namespaceAllowed = (): boolean => spawnSync("unshare", [...enter, setUp]).status === 0

/**
 * Runs a command in a network namespace of its own, or on this machine's loopback where that is not allowed.
 * @param say gets what the command writes as it comes
 */
export const inNamespace = async (
  command: ReadonlyArray<string>,
  cwd: string,
  say: (text: string) => void = () => {},
) => {
  const env = { ...process.env, MATTER_MDNS_NETWORKINTERFACE: "lo", MATTER_LOG_LEVEL: "error" }
  const [program, args] = namespaceAllowed()
    ? ["unshare", [...enter, `${setUp} && exec "$@"`, "in-namespace", ...command]]
    : onLoopback(command)
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString()
      say(chunk.toString())
    })
  const status = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  )
  return { status, output }
}

const onLoopback = ([program = "", ...args]: ReadonlyArray<string>): [string, ReadonlyArray<string>] => {
  console.warn("This machine allows no network namespace (unshare, ip): Matter is tried on its own loopback.")
  return [program, args]
}
