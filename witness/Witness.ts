/** One thing that an independent client was seen to do, or not. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  /** Figures, or what went wrong. */
  readonly detail: string
}

/** A client written by others, let loose on one of our programs with nothing changed but addresses. */
export interface Witness {
  readonly name: string
  /** What it is and what it is pointed at, for the report. */
  readonly about: string
  /** Folder below `witness/` with its `requirements.txt` and `witness.py`. */
  readonly folder: string
  readonly oldestPython: readonly [number, number]
  /** Why it cannot run on this machine; null when it can. */
  readonly hindrance: () => string | null
  /** Starts what it looks at, lets it look, and ends it. `python` runs the folder's script with these arguments. */
  readonly run: (python: RunPython) => Promise<ReadonlyArray<Check>>
}

export type RunPython = (
  given: Readonly<Record<string, unknown>>,
  wrap?: ReadonlyArray<string>,
) => Promise<ReadonlyArray<Check>>
