import { useEffect, useState } from "preact/hooks"

/** A value that components can follow. */
export interface Signal<A> {
  readonly get: () => A
  readonly set: (next: A) => void
  readonly follow: (listener: () => void) => () => void
}

export const signal = <A>(initial: A): Signal<A> => {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const listener of listeners) listener()
    },
    follow: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The value; the component renders again when it changes. */
export const useSignal = <A>(source: Signal<A>): A => {
  const [, render] = useState({})
  useEffect(() => source.follow(() => render({})), [source])
  return source.get()
}

/** Resolves once the source has this value. */
export const becomes = <A>(source: Signal<A>, wanted: A): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (source.get() !== wanted) return
      forget()
      resolve()
    }
    const forget = source.follow(look)
    look()
  })

/** Whether a promise resolves within so many milliseconds. */
export const within = (milliseconds: number, happens: Promise<void>): Promise<boolean> =>
  Promise.race([
    happens.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), milliseconds)),
  ])
