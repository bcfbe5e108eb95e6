export interface Begin {
  readonly home: string
  readonly url: string
  readonly port: number
  /** The person whom the first process signs in; null in the others. */
  readonly signIn: string | null
}

/** Milliseconds since 1970, with fractions: the processes of one machine have one clock. */
export const clock = () => performance.timeOrigin + performance.now()

export type Order = { readonly _tag: "Commit" } | { readonly _tag: "Cpu" }

export type Report =
  | { readonly _tag: "Ready" }
  | { readonly _tag: "Committed"; readonly revision: number; readonly at: number }
  | { readonly _tag: "Revision"; readonly revision: number; readonly at: number }
  /** What a person's scale and bed show. */
  | {
      readonly _tag: "Shown"
      readonly weight: number | null
      readonly inBed: number | null
      readonly at: number
    }
  /** Milliseconds of a processor since the start. */
  | { readonly _tag: "Cpu"; readonly busy: number; readonly rss: number }
