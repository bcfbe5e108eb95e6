import { signal } from "./signal.ts"

/** The part of the address after `#`: the name of the page, what it shows, and how. */
export interface Place {
  readonly parts: ReadonlyArray<string>
  readonly options: PlaceOptions
}

/** The range and zoom of a chart, and the like. They are in the address, so that a link leads to the same view. */
export type PlaceOptions = Readonly<Record<string, string>>

export const readPlace = (hash: string): Place => {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?")
  return {
    parts: path.split("/").filter(Boolean).map(decoded),
    options: Object.fromEntries(new URLSearchParams(query)),
  }
}

/** The raw text if an address was cut off in the middle of an escape. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const addressOf = ({ options, parts }: Place): string => {
  const query = new URLSearchParams(options).toString()
  return `#/${parts.map(encodeURIComponent).join("/")}${query === "" ? "" : `?${query}`}`
}

export const place = signal(readPlace(globalThis.location?.hash ?? ""))
globalThis.addEventListener?.("hashchange", () => place.set(readPlace(location.hash)))

export const linkTo = (...parts: ReadonlyArray<string>): string => addressOf({ parts, options: {} })

/** Changes options of the place; null removes one. It makes no entry in the browser's history. */
export const choose = (changes: Readonly<Record<string, string | null>>): void => {
  const { options, parts } = place.get()
  const next = Object.entries({ ...options, ...changes })
  const kept = next.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))
  const address = addressOf({ parts, options: Object.fromEntries(kept) })
  history.replaceState(null, "", address)
  place.set(readPlace(address))
}
