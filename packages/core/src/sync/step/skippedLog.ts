import { Context, Effect } from "effect"
import { GroupId } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import type { AnyFeed, MeasurePage } from "../../withings/client/Feed.ts"

/** The groups of which something could not be read. */
export const partlyRead = ({ skipped }: MeasurePage): ReadonlySet<GroupId> =>
  new Set(skipped.map(({ record }) => GroupId(record.split("/")[0] ?? record)))

const toldAtMost = 1000

/** The same record comes again with every poll until something newer was measured: log it once. */
export const skippedLog = () => {
  const told = new Set<string>()
  return (personId: PersonId, feed: AnyFeed, { skipped }: MeasurePage) =>
    Effect.suspend(() => {
      const nameOf = ({ reason, record }: MeasurePage["skipped"][number]) =>
        `${personId} ${feed} ${record} ${reason}`
      const news = skipped.filter((one) => !told.has(nameOf(one)))
      if (told.size + news.length > toldAtMost) told.clear()
      for (const one of news.slice(0, toldAtMost)) told.add(nameOf(one))
      return news[0] === undefined
        ? Effect.void
        : Effect.logWarning(
            `Withings sent ${news.length} records of ${feed} that could not be read and are left out, the first ` +
              `(${news[0].record}) because it ${news[0].reason}. What was measured in the last 30 days is asked for again ` +
              "every day, all else by `withings-bridge sync --full`.",
          )
    })
}

/** The records already logged, of one core. */
export class SkippedLog extends Context.Tag("@withings-bridge/core/sync/SkippedLog")<
  SkippedLog,
  ReturnType<typeof skippedLog>
>() {}
