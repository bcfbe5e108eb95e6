/** Something that is wrong now and what to do about it, in sentences for users. */
export interface Trouble {
  /** Stable: apps, scripts and translations rely on it. */
  readonly code: TroubleCode
  /** The id of the person, device or accessory that it concerns; null: the household or the whole app. */
  readonly aboutId: string | null
  /** Its name for users: "Ann", "Body+ of Ann"; null where `aboutId` is. */
  readonly about: string | null
  /** What is wrong. */
  readonly found: string
  /** What to do. */
  readonly remedy: string
  readonly severity: Severity
  /** Epoch seconds. */
  readonly since: number
}

/** `error`: someone has to act, or data is missing. `warning`: it may pass, or the rest works. */
export type Severity = "error" | "warning"

/** A report of a trouble; the rest comes from the table. */
export interface Reported {
  readonly code: TroubleCode
  readonly aboutId?: string
  readonly about?: string
  readonly found: string
  /** In place of the table's. */
  readonly remedy?: string
}

interface TroubleKind {
  readonly severity: Severity
  readonly remedy: string
}

const kinds = {
  "sign-in-needed": {
    severity: "error",
    remedy: "Sign in again: in the console, or with `withings-bridge connect`.",
  },
  "withings-unreachable": {
    severity: "warning",
    remedy: "It is tried again by itself. If it lasts, check the network with `withings-bridge doctor`.",
  },
  "withings-throttled": {
    severity: "warning",
    remedy: "It goes on by itself. Other programs that use the same client id share its allowance.",
  },
  "withings-refused": {
    severity: "warning",
    remedy: "Sign in again and leave every permission ticked. If it lasts, report it with the log.",
  },
  "records-skipped": {
    severity: "warning",
    remedy: "The rest arrived. Please report it with the log, which says what could not be read.",
  },
  "doubtful-answer": {
    severity: "warning",
    remedy: "Nothing was deleted. Withings is asked again in some hours, and believed if it says the same.",
  },
  "device-missing": {
    severity: "warning",
    remedy: "If it was sold or moved to another account, it will disappear from homes in some days.",
  },
  "store-unreachable": {
    severity: "error",
    remedy: "Check whether the database server runs, or whether another program holds the file `bridge.db`.",
  },
  "store-unwritable": {
    severity: "error",
    remedy: "Make room on the disk, and check whether this user may write to the home folder.",
  },
  "disk-nearly-full": {
    severity: "warning",
    remedy: "Make room: without any, no measure and no renewed sign-in can be kept.",
  },
  "key-missing": {
    severity: "error",
    remedy:
      "Put the file `key` back from a backup. Without it everyone has to sign in again: `withings-bridge key new`.",
  },
  "key-wrong": {
    severity: "error",
    remedy: "Put the file `key` (or WITHINGS_BRIDGE_KEY) back as it was, or sign in again.",
  },
  "webhooks-not-received": {
    severity: "warning",
    remedy:
      "Check the public address (docs/webhooks.md). Measures still come by polling, bed in and out do not.",
  },
  "port-taken": {
    severity: "error",
    remedy: "Stop the other program, or choose another port in the settings.",
  },
  "home-unreachable": {
    severity: "error",
    remedy: "Check whether the home's own program runs, and read the app's log.",
  },
  "part-stopped": {
    severity: "error",
    remedy: "It is started again by itself, after a longer pause each time. The others go on.",
  },
  "hub-unreachable": {
    severity: "warning",
    remedy:
      "Homes show the last values, and it is tried again by itself. If it lasts, ask the hub's operator.",
  },
  "hub-refused": {
    severity: "error",
    remedy: "Ask the hub's operator for an invitation, and set the new key.",
  },
  "setting-wrong": {
    severity: "warning",
    remedy: "Correct it: `withings-bridge check-config` says where.",
  },
} as const satisfies Readonly<Record<string, TroubleKind>>

export type TroubleCode = keyof typeof kinds

/** A reported trouble in full. */
export const toTrouble = (reported: Reported, since: number): Trouble => ({
  code: reported.code,
  aboutId: reported.aboutId ?? null,
  about: reported.about ?? null,
  found: reported.found,
  remedy: reported.remedy ?? kinds[reported.code].remedy,
  severity: kinds[reported.code].severity,
  since,
})

export const troubleCodes: ReadonlyArray<string> = Object.keys(kinds)

export const isTroubleCode = (code: string): code is TroubleCode => Object.hasOwn(kinds, code)

/** The same trouble of the same thing is one entry, however many processes report it. */
export const troubleKey = ({ aboutId, code }: Pick<Trouble, "code" | "aboutId">): string =>
  `${code}\n${aboutId ?? ""}`

/** "Ann: Withings refused to renew the tokens. Sign in again. (sign-in-needed)" */
export const troubleText = (trouble: Pick<Trouble, "about" | "found" | "remedy" | "code">): string =>
  `${trouble.about === null ? "" : `${trouble.about}: `}${trouble.found} ${trouble.remedy} (${trouble.code})`
