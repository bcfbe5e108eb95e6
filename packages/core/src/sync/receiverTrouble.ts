import type { Reported, TroubleCode } from "../trouble/Trouble.ts"

/** The codes of {@link receiverTrouble}, to resolve once the receiver listens. */
export const receiverTroubles: ReadonlyArray<TroubleCode> = ["port-taken", "webhooks-not-received"]

/** Why the webhook receiver could not listen. */
export const receiverTrouble = (
  { host, port }: { readonly host: string; readonly port: number },
  error: unknown,
): Reported => {
  const cause = rootOf(error)
  if (cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE") {
    return {
      code: "port-taken",
      found: `Webhooks cannot be received: another program uses port ${port} of ${host}.`,
    }
  }
  const reason = cause instanceof Error ? cause.message : String(cause)
  return {
    code: "webhooks-not-received",
    found: `Webhooks cannot be received on ${host}:${port}: ${reason}.`,
  }
}

/** The operating system's error, within those that wrap it. */
const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error
