interface Attempt {
  /** "The console". */
  readonly what: string
  readonly host: string
  readonly port: number
  /** How to choose another address: "set `console.port` in config.yaml". */
  readonly remedy: string
}

const codeOf = (cause: unknown) =>
  typeof cause === "object" && cause !== null && "code" in cause ? cause.code : null

/** Why a server cannot listen, and what to do about it. */
export const listenFailure = (cause: unknown, { host, port, remedy, what }: Attempt): string => {
  switch (codeOf(cause)) {
    case "EADDRINUSE":
      return `${what} cannot listen on ${host}:${port}: another program uses this port (\`withings-bridge doctor\` names it). Stop that program, or ${remedy}.`
    case "EACCES":
      return `${what} may not listen on ${host}:${port}: this user needs a port above 1023. To change it, ${remedy}.`
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${what} cannot listen on ${host}: this machine has no such address. To change it, ${remedy}.`
    default:
      return `${what} cannot listen on ${host}:${port}: ${cause instanceof Error ? cause.message : String(cause)}`
  }
}
