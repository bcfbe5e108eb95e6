import type { Home } from "@withings-bridge/core"
import { runnable } from "../app/parts.ts"
import { bold, cyan } from "../terminal/style.ts"

const groups = (
  flags: string,
): ReadonlyArray<readonly [string, ReadonlyArray<readonly [string, string]>]> => [
  [
    "Begin",
    [
      ["init", "Ask for client id and secret, write config.yaml"],
      ["check-config", "Tell every mistake in config.yaml and the environment"],
      ["connect [PERSON]", "Sign a person in with Withings; once for each"],
      ["demo", "Try everything with a made-up household, no account needed"],
    ],
  ],
  [
    "Look",
    [
      ["people", "Who is signed in, and how it goes"],
      ["devices", "Each person's devices and what they show now"],
      ["measures", "The course of one kind of measure: measures Ann weight"],
      ["rules", "What each rule says now, and how often it held"],
      ["weighings", "Weighings that nobody is sure about; assign gives one to someone"],
      ["status", "Persons, first history and apps at a glance"],
      ["doctor", "What could be wrong, and what to do about it"],
      ["health", "Whether data flows, for a supervisor"],
    ],
  ],
  [
    "Run",
    [
      ["sync", "Bring what is new from Withings now"],
      ["run", `Until Ctrl-C, any of ${flags}`],
      ["console", "Open the web page, or make its password anew"],
      ["webhook [ADDRESS]", "Get and test a public address, for data within seconds"],
      ["service install", "The apps in the background, by systemd"],
      ["export", "All measures as CSV, JSON lines or FHIR"],
      ["backup FILE", "Everything in one encrypted file; restore FILE brings it back"],
      ["remove PERSON", "Sign someone out and take them out of every home"],
      ["forget-history", "Delete one person's local history and nothing else"],
      ["key rotate", "Change the key that seals the sign-ins"],
      ["reset", "Remove sign-ins and the local history"],
    ],
  ],
]

/** What is shown when nothing is asked for: every command in the order a new person needs them. */
export const overview = (homes: ReadonlyArray<Home>): string => {
  const running = runnable(homes)
  return [
    `${bold("withings-bridge")}  Withings measures in Apple Home, Matter and Gladys`,
    ...groups(running.map(({ name }) => `--${name}`).join(", ")).flatMap(([title, commands]) => [
      "",
      bold(title),
      ...commands.map(([name, what]) => `  ${cyan(name.padEnd(18))}${what}`),
    ]),
    "",
    "Each takes --help, most take --json for scripts. They share one folder:",
    "--home DIR, else WITHINGS_BRIDGE_HOME, else ~/.withings-bridge.",
    "Completion for your shell: withings-bridge --completions bash (or zsh, fish)",
  ].join("\n")
}
