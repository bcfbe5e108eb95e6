/** What a status of Withings' envelope means for the caller; the families of Withings' own list. */
export type StatusFamily =
  | "ok"
  | "authentication-failed"
  | "unauthorized"
  | "invalid-params"
  | "not-implemented"
  | "too-many-requests"
  | "error"

/** Statuses and inclusive ranges of them. Any other is an error, as Withings reads the rest of its list. */
const families: ReadonlyArray<readonly [family: StatusFamily, statuses: string]> = [
  ["ok", "0"],
  ["authentication-failed", "100-102 200 401"],
  // 403 is in no list of Withings; a missing scope is answered with it ("Insufficient_scope").
  ["unauthorized", "214 277 403 2553 2555"],
  [
    "invalid-params",
    "201-213 216-218 220-221 223 225 227-230 234-236 238 240-252 254 260-267 271-272 275-276 283-288 290 " +
      "293-295 297 300-304 321 323-353 380-382 400 501-511 523 532 3017-3019",
  ],
  ["not-implemented", "2554"],
  ["too-many-requests", "601"],
]

const includes = (statuses: string, status: number): boolean =>
  statuses.split(" ").some((range) => {
    const [first = 0, last = first] = range.split("-").map(Number)
    return first <= status && status <= last
  })

export const statusFamily = (status: number): StatusFamily =>
  families.find(([, statuses]) => includes(statuses, status))?.[0] ?? "error"
