import { Context, Effect, Layer } from "effect"
import { GroupId } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import type { Skipped } from "../../withings/decode/Decoded.ts"
import type { AnyFeed, MeasurePage } from "../../withings/client/Feed.ts"

/** Groups with a part that could not be read. */
export const partlyRead = ({ skipped }: MeasurePage): ReadonlySet<GroupId> =>
  new Set(skipped.map(({ record }) => GroupId(record.split("/")[0] ?? record)))

const keptAtMost = 1000

/** A record that cannot be read comes again with every poll until there is something newer: log it once. */
const skippedLog = () => {
  const logged = new Set<string>()
  return (personId: PersonId, feed: AnyFeed, { skipped }: MeasurePage) =>
    Effect.suspend(() => {
      const nameOf = ({ reason, record }: Skipped) => `${personId} ${feed} ${record} ${reason}`
      const news = skipped.filter((one) => !logged.has(nameOf(one)))
      if (logged.size + news.length > keptAtMost) logged.clear()
      for (const one of news.slice(0, keptAtMost)) logged.add(nameOf(one))
      return news[0] === undefined
        ? Effect.void
        : Effect.logWarning(
            `Withings sent ${news.length} records of ${feed} that could not be read and are left out, the first ` +
              `(${news[0].record}) because it ${news[0].reason}. The last 30 days are read again every day, ` +
              "older records by `withings-bridge sync --full`.",
          )
    })
}

/** Logs skipped records, each once per core. */
export class SkippedLog extends Context.Tag("@withings-bridge/core/sync/SkippedLog")<
  SkippedLog,
  ReturnType<typeof skippedLog>
>() {
  static readonly layer = Layer.sync(SkippedLog, skippedLog)
}
