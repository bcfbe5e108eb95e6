import { networkInterfaces } from "node:os"
import { type Access, type BridgeConfig, overCore, type Part, type PartEvent } from "@withings-bridge/core"
import { Deferred, Effect, FiberId } from "effect"
import { withSettings } from "../app/parts.ts"
import { portOf, releasePorts, type DemoPlace } from "./DemoPlace.ts"
import { done, note } from "./story.ts"

/** "lo", "lo0". */
const loopbackInterface = () =>
  Object.entries(networkInterfaces()).find(([, addresses]) =>
    addresses?.some(({ internal }) => internal),
  )?.[0]

/** A setting of Matter; other parts ignore it. */
const ownNetwork = (loopback: boolean) => {
  const onlyHere = loopback ? loopbackInterface() : undefined
  return onlyHere === undefined ? {} : { interface: onlyHere }
}

/** A running part and how to reach it. */
export interface StartedPart {
  readonly name: string
  readonly title: string
  readonly access: Access
}

const upText = ({ address, pairing }: Access) =>
  pairing === undefined ? (address ?? "") : "its code is below"

/** Releases the port when the part is about to listen on it. */
const releasingItsPort =
  (place: DemoPlace) =>
  (part: Part): Part => ({
    ...part,
    run: (settings, host) =>
      Effect.zipRight(releasePorts(place, part.name), part.run?.(settings, host) ?? Effect.never),
  })

/** Starts the parts over the demo's core. When one does not come up, the others go on without it. */
export const startParts = (place: DemoPlace, config: BridgeConfig) =>
  Effect.gen(function* () {
    const flags = Object.fromEntries(
      place.parts.map(({ name }) => [name, { port: portOf(place, name), ...ownNetwork(place.loopback) }]),
    )
    const chosen = yield* withSettings(place.parts.map(releasingItsPort(place)), place.home, flags)
    const outcomes = new Map(
      place.parts.map(({ name }) => [name, Deferred.unsafeMake<StartedPart | null>(FiberId.none)]),
    )
    const settle = (name: string, started: StartedPart | null) => {
      const outcome = outcomes.get(name)
      return outcome === undefined ? Effect.succeed(false) : Deferred.succeed(outcome, started)
    }
    const tell = (event: PartEvent) => {
      const { name, title } = event.part
      if (event.type === "ended")
        return Effect.zipRight(
          note(`${title} ended (${event.why.replace(/\.$/u, "")}); the others go on.`),
          settle(name, null),
        )
      if (event.type === "changed") return Effect.void
      return settle(name, { name, title, access: event.access }).pipe(
        Effect.flatMap((isFirst) => (isFirst ? done(`${title} runs`, upText(event.access)) : Effect.void)),
      )
    }
    yield* overCore(config, {
      parts: chosen,
      restartAfter: () => Effect.void,
      tell: (event) => Effect.asVoid(tell(event)),
    }).pipe(
      // Fails when no part could start, without an event for the last one.
      Effect.catchAll(({ message }) =>
        Effect.zipRight(
          note(message),
          Effect.forEach(place.parts, ({ name }) => settle(name, null)),
        ),
      ),
      Effect.forkScoped,
    )
    const started = yield* Effect.forEach(outcomes.values(), Deferred.await, { concurrency: "unbounded" })
    return started.filter((part) => part !== null)
  })
