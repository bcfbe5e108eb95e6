/** What a status of Withings' envelope means for who called; the families are Withings' own. */
export type StatusFamily =
  | "ok"
  | "authentication-failed"
  | "unauthorized"
  | "invalid-params"
  | "not-implemented"
  | "timeout"
  | "bad-state"
  | "too-many-requests"
  | "error"

/** Inclusive ranges. What no row covers is an error: so Withings reads the rest of its own list. */
const families: ReadonlyArray<readonly [first: number, last: number, family: StatusFamily]> = [
  [0, 0, "ok"],
  [100, 102, "authentication-failed"],
  [200, 200, "authentication-failed"],
  [201, 213, "invalid-params"],
  [214, 214, "unauthorized"],
  [216, 218, "invalid-params"],
  [220, 221, "invalid-params"],
  [223, 223, "invalid-params"],
  [225, 225, "invalid-params"],
  [227, 230, "invalid-params"],
  [234, 236, "invalid-params"],
  [238, 238, "invalid-params"],
  [240, 252, "invalid-params"],
  [254, 254, "invalid-params"],
  [260, 267, "invalid-params"],
  [271, 272, "invalid-params"],
  [275, 276, "invalid-params"],
  [277, 277, "unauthorized"],
  [283, 288, "invalid-params"],
  [290, 290, "invalid-params"],
  [293, 295, "invalid-params"],
  [297, 297, "invalid-params"],
  [300, 304, "invalid-params"],
  [321, 321, "invalid-params"],
  [323, 353, "invalid-params"],
  [380, 382, "invalid-params"],
  [400, 400, "invalid-params"],
  [401, 401, "authentication-failed"],
  // In no list of Withings, but what a missing scope is answered with ("Insufficient_scope").
  [403, 403, "unauthorized"],
  [501, 511, "invalid-params"],
  [522, 522, "timeout"],
  [523, 523, "invalid-params"],
  [524, 524, "bad-state"],
  [532, 532, "invalid-params"],
  [601, 601, "too-many-requests"],
  [2553, 2553, "unauthorized"],
  [2554, 2554, "not-implemented"],
  [2555, 2555, "unauthorized"],
  [3017, 3019, "invalid-params"],
]

export const statusFamily = (status: number): StatusFamily =>
  families.find(([first, last]) => status >= first && status <= last)?.[2] ?? "error"
