import { Effect, Queue } from "effect"
import { nextOf, type Waiting } from "./fairOrder.ts"

interface InLine extends Waiting {
  /** Rings when this request may have become the next. */
  readonly bell: Queue.Queue<void>
}

interface Line {
  readonly waiting: Set<InLine>
  readonly served: Map<string, number>
  turns: number
}

/** null: granted; else how many milliseconds to wait before the next try. */
export type Grant = { readonly wait: number } | null

/**
 * Queues the requests of this process for the budget of each application. Only the next in line tries to book: a
 * hundred waiting requests cost as many queries as one, and none waits behind another person's history.
 */
export const makeRequestLines = () => {
  const lines = new Map<string, Line>()
  const lineOf = (clientId: string): Line => {
    const line = lines.get(clientId) ?? { waiting: new Set(), served: new Map(), turns: 0 }
    lines.set(clientId, line)
    return line
  }

  const enter = (clientId: string, request: Waiting) =>
    Effect.map(Queue.sliding<void>(1), (bell) => {
      const line = lineOf(clientId)
      const entry: InLine = { ...request, bell }
      line.waiting.add(entry)
      ring(line)
      return { line, entry }
    })

  const leave = (clientId: string, { entry, line }: { readonly line: Line; readonly entry: InLine }) =>
    Effect.sync(() => {
      line.waiting.delete(entry)
      if (line.waiting.size === 0) lines.delete(clientId)
      else ring(line)
    })

  /** Waits for this request's turn and grant; fails when `attempt` does. */
  const waitFor = <E>(
    clientId: string,
    request: Waiting,
    attempt: Effect.Effect<Grant, E>,
  ): Effect.Effect<void, E> =>
    Effect.acquireUseRelease(
      enter(clientId, request),
      ({ entry, line }) => inTurn(line, entry, attempt),
      (place) => leave(clientId, place),
    )
  return { waitFor }
}

const ring = ({ served, waiting }: Line) => nextOf(waiting, served)?.bell.unsafeOffer(undefined)

const inTurn = <E>(line: Line, entry: InLine, attempt: Effect.Effect<Grant, E>): Effect.Effect<void, E> =>
  Effect.gen(function* () {
    for (;;) {
      if (nextOf(line.waiting, line.served) !== entry) {
        yield* Queue.take(entry.bell)
        continue
      }
      const grant = yield* attempt
      if (grant === null) {
        line.served.set(entry.person, ++line.turns)
        return
      }
      // A more important request that arrives meanwhile tries for itself; this one looks again after its wait.
      yield* Effect.sleep(grant.wait)
    }
  })
