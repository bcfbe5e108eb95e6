/** One thing that an independent client did, or failed to do. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  /** Figures, or what went wrong. */
  readonly detail: string
}

/** A client written by others, run against one of our programs with only its addresses changed. */
export interface Witness {
  readonly name: string
  /** The client and what it runs against, for the report. */
  readonly about: string
  /** Folder below `witness/` with its `requirements.txt` and `witness.py`. */
  readonly folder: string
  readonly oldestPython: readonly [number, number]
  /** Why it cannot run on this machine; null: it can. */
  readonly hindrance: () => string | null
  /** Starts the program, runs the client against it, and stops it. `python` runs the folder's script with these arguments. */
  readonly run: (python: RunPython) => Promise<ReadonlyArray<Check>>
}

export type RunPython = (
  args: Readonly<Record<string, unknown>>,
  wrap?: ReadonlyArray<string>,
) => Promise<ReadonlyArray<Check>>
