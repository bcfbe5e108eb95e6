import { FetchHttpClient, HttpClient } from "@effect/platform"
import { Clock, Effect } from "effect"
import { bad, good, noted, type Finding } from "./Finding.ts"

/** Seconds by which the clock may be off. */
const tolerance = 30

/** Checks with one request whether Withings, or the hub, answers, and compares the clocks. */
export const checkReachability = (who: string, url: string): Effect.Effect<ReadonlyArray<Finding>> =>
  HttpClient.get(url).pipe(
    Effect.timeout("10 seconds"),
    Effect.flatMap((answer) =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        const there = Date.parse(answer.headers["date"] ?? "")
        return [good(who, `${url} answers`), clockFinding(Math.round((now - there) / 1_000))]
      }),
    ),
    Effect.catchAll(() =>
      Effect.succeed([
        bad(who, `${url} does not answer`, "Check the Internet connection, a firewall or a proxy."),
      ]),
    ),
    Effect.provide(FetchHttpClient.layer),
  )

const clockFinding = (off: number): Finding =>
  Number.isNaN(off)
    ? noted("Clock", "could not be compared", "Check it with: timedatectl")
    : Math.abs(off) <= tolerance
      ? good("Clock", off === 0 ? "exact" : `${Math.abs(off)} s off`)
      : bad(
          "Clock",
          `${Math.abs(off)} s ${off > 0 ? "ahead" : "behind"}`,
          "Set it: sudo timedatectl set-ntp true",
        )
