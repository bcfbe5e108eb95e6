/** How a request fails. */
export type Failure =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "http 500" }
  | { readonly kind: "timeout" }
  | { readonly kind: "cut connection" }
  | { readonly kind: "bad JSON" }
  | { readonly kind: "HTML page" }

type PageFault = "dropPage" | "duplicatePage"

interface Planned {
  readonly action: string
  readonly failure: Failure
  readonly times: number
}

const matches = (wanted: string, path: string, action: string): boolean =>
  wanted === "*" ||
  wanted === action ||
  wanted === `${path} ${action}` ||
  wanted === `${path.split("/").at(-1)} ${action}`

/** Faults planned for the next requests. */
export class PlannedFaults {
  #planned: ReadonlyArray<Planned> = []
  readonly #pages = new Map<PageFault, number>()
  /** Milliseconds by which every answer is held back. */
  slowBy = 0

  /** `action` is "getmeas", "sleep get", "/notify list" or "*". */
  failNext(action: string, failure: Failure, times = 1): void {
    this.#planned = [...this.#planned, { action, failure, times }]
  }

  plan(fault: PageFault, times = 1): void {
    this.#pages.set(fault, (this.#pages.get(fault) ?? 0) + times)
  }

  /** Whether the fault applies to this page; uses up one of its times. */
  takes(fault: PageFault): boolean {
    const left = this.#pages.get(fault) ?? 0
    if (left > 0) this.#pages.set(fault, left - 1)
    return left > 0
  }

  /** The failure for this request; null: none. */
  next(path: string, action: string): Failure | null {
    const index = this.#planned.findIndex((planned) => matches(planned.action, path, action))
    const struck = this.#planned[index]
    if (!struck) return null
    this.#planned = this.#planned
      .map((planned) => (planned === struck ? { ...planned, times: planned.times - 1 } : planned))
      .filter(({ times }) => times > 0)
    return struck.failure
  }

  clear(): void {
    this.#planned = []
    this.#pages.clear()
    this.slowBy = 0
  }
}
