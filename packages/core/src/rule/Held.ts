/**
 * A delayed state: a rule, or presence in a bed, that homes show only after it lasted long enough. It is stored, so that
 * a delay survives a restart and is the same in every home.
 */
export interface Held {
  /** What homes show; null: unknown. */
  readonly value: boolean | null
  /** Since when, epoch seconds. */
  readonly since: number
  /** Since when the fact differs, while the delay runs; null: it does not differ. */
  readonly otherwiseSince: number | null
}

/** Seconds for which the fact has to differ before `value` changes: to true, to false. */
export interface Delays {
  readonly on: number
  readonly off: number
}

export interface Fact {
  /** null: unknown. */
  readonly raw: boolean | null
  /** Since when, epoch seconds, as far as known. */
  readonly since: number
}

/** @param held the state until now; null: none yet */
export const settle = (held: Held | null, { raw, since }: Fact, delays: Delays, now: number): Held => {
  if (held !== null && held.value === raw)
    return held.otherwiseSince === null ? held : { ...held, otherwiseSince: null }
  if (raw === null) return { value: null, since: now, otherwiseSince: null }
  const delay = raw ? delays.on : delays.off
  const begun = Math.min(now, Math.max(held?.otherwiseSince ?? since, held?.since ?? since))
  if (now - begun >= delay) return { value: raw, since: begun + delay, otherwiseSince: null }
  // There is no earlier value to keep: false until the delay has passed.
  if (held === null || held.value === null)
    return raw
      ? { value: false, since: now, otherwiseSince: begun }
      : { value: false, since: begun, otherwiseSince: null }
  return { ...held, otherwiseSince: begun }
}

/** A fact, and the key of its stored state. */
export interface DelayedFact extends Fact {
  readonly key: string
  readonly delays: Delays
}

export interface Settled {
  /** By key. */
  readonly states: ReadonlyMap<string, Held>
  /** When the next delay ends, epoch seconds; null: none runs. */
  readonly due: number | null
}

/** The new states of these facts. */
export const settleAll = (
  held: Settled["states"],
  facts: ReadonlyArray<DelayedFact>,
  now: number,
): Settled => {
  const settled = facts.map((fact) => ({
    ...fact,
    state: settle(held.get(fact.key) ?? null, fact, fact.delays, now),
  }))
  const dues = settled.flatMap(({ delays, state }) => dueAt(state, delays) ?? [])
  return {
    states: new Map(settled.map(({ key, state }) => [key, state])),
    due: dues.length === 0 ? null : Math.min(...dues),
  }
}

const dueAt = (held: Held, { off, on }: Delays): number | null =>
  held.otherwiseSince === null ? null : held.otherwiseSince + (held.value === true ? off : on)
