/**
 * Something that is so or not and that homes are told only once it has been so for long enough: a rule, or presence in
 * a bed. It is kept in the store, so that a delay survives a restart and is the same in every home.
 */
export interface Held {
  /** What homes are told; null: not known. */
  readonly value: boolean | null
  /** Since when, epoch seconds. */
  readonly since: number
  /** Since when it is otherwise, while that is not yet told; null: it is not otherwise. */
  readonly otherwiseSince: number | null
}

/** Seconds for which it has to be otherwise before homes are told. */
export interface Delays {
  readonly on: number
  readonly off: number
}

export interface Fact {
  /** What is so; null: not known. */
  readonly raw: boolean | null
  /** Since when, epoch seconds, as far as is known. */
  readonly since: number
}

/**
 * What is told now.
 * @param held what was told until now; null: nothing yet
 */
export const settle = (held: Held | null, { raw, since }: Fact, delays: Delays, now: number): Held => {
  if (held !== null && held.value === raw)
    return held.otherwiseSince === null ? held : { ...held, otherwiseSince: null }
  if (raw === null) return { value: null, since: now, otherwiseSince: null }
  const delay = raw ? delays.on : delays.off
  const begun = Math.min(now, Math.max(held?.otherwiseSince ?? since, held?.since ?? since))
  if (now - begun >= delay) return { value: raw, since: begun + delay, otherwiseSince: null }
  // Nothing was told before: what is not so for long enough is not so, and there is nothing to hold on to.
  if (held === null || held.value === null)
    return raw
      ? { value: false, since: now, otherwiseSince: begun }
      : { value: false, since: begun, otherwiseSince: null }
  return { ...held, otherwiseSince: begun }
}

/** A fact whose state is kept under a key. */
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

/** The states of these facts now, from those until now. */
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
