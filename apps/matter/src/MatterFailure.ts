import { Data } from "effect"
import { NetworkTrouble } from "./tryNetwork.ts"

/** The Matter side could not start or go on. The message is one sentence for the user. */
export class MatterFailure extends Data.TaggedError("MatterFailure")<{
  readonly message: string
  readonly cause: unknown
}> {}

/** An error of matter.js as a sentence that says what to do. */
export const matterFailure =
  (where: { readonly folder: string; readonly port: number }) =>
  (cause: unknown): MatterFailure => {
    if (cause instanceof NetworkTrouble) return new MatterFailure({ message: cause.message, cause })
    const reasons = chain(cause)
    const text = reasons.map((reason) => `${reason.name}: ${reason.message}`).join("; ")
    const [, sentence] =
      sentences.find(([pattern]) => pattern.test(text)) ??
      ([null, () => `The Matter bridge failed: ${reasons[0]?.message ?? String(cause)}`] as const)
    return new MatterFailure({ message: sentence(where), cause })
  }

type Where = Parameters<typeof matterFailure>[0]

const sentences: ReadonlyArray<readonly [RegExp, (where: Where) => string]> = [
  [
    /StorageLock|locked by another process/i,
    ({ folder }) =>
      `Another withings-matter is running on ${folder}: stop it, or give this one its own folder with --home.`,
  ],
  [
    /AddressInUse|EADDRINUSE|already in use/i,
    ({ port }) =>
      `UDP port ${port} is taken by another program (another Matter bridge?): stop it, or choose a port with WITHINGS_MATTER_PORT (withings-matter: --port).`,
  ],
  [
    /EACCES|EPERM/,
    ({ folder, port }) =>
      `Not allowed to use ${folder} or UDP port ${port}: check who owns the folder, or choose a port above 1024.`,
  ],
  [/ENOSPC|EROFS/, ({ folder }) => `${folder} cannot be written: the disk is full or read-only.`],
  [
    /NoAddressAvailable|ENETUNREACH|EADDRNOTAVAIL|no (network )?interface|NetworkError|ENODEV|MdnsService unavailable/i,
    () =>
      "No network interface can be used for Matter: is this machine in the network of the controllers, with multicast?",
  ],
]

const chain = (cause: unknown): ReadonlyArray<Error> => {
  if (!(cause instanceof Error)) return []
  const inner = cause instanceof AggregateError ? cause.errors : [cause.cause]
  return [cause, ...inner.flatMap(chain)]
}
