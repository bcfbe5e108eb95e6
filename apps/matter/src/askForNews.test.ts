import { SyncStatus } from "@withings-bridge/core"
import { Effect } from "effect"
import process from "node:process"
import { expect, it } from "vitest"
import { askForNews } from "./askForNews.ts"
import * as the from "../test/household.ts"

/** What is asked for when these processes lead each person. */
const askedWhen = async (leaders: ReadonlyArray<number | null>) => {
  const asked: Array<string> = []
  const household = the.household()
  const status = SyncStatus.of({
    progress: Effect.succeed([]),
    request: (personId, feed) => Effect.sync(() => void asked.push(`${personId} ${feed}`)),
    reread: () => Effect.void,
    requestAll: () => Effect.void,
    waiting: Effect.succeed([]),
    leaders: Effect.succeed({
      sync: leaders.flatMap((pid) => household.persons.map(({ id }) => ({ personId: id, pid }))),
      webhooks: null,
    }),
  })
  await Effect.runPromise(askForNews(household).pipe(Effect.provideService(SyncStatus, status)))
  return asked
}

const everyone = ["person-Ann getmeas", "person-Bob getmeas"]

it("asks for measures and devices when nobody has been listening", async () => {
  expect(await askedWhen([])).toEqual(everyone)
  expect(await askedWhen([process.pid])).toEqual(everyone)
})

it("asks nothing while another process listens", async () => {
  expect(await askedWhen([process.pid + 1])).toEqual([])
  expect(await askedWhen([null])).toEqual([])
})
