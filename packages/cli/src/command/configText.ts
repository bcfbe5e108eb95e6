export interface NewConfig {
  readonly clientId: string
  readonly clientSecret: string
  readonly callbackUrl: string
  readonly profiles: ReadonlyArray<string>
}

/** For completion and checks in editors; `pnpm references` writes it. */
const schema =
  "https://raw.githubusercontent.com/withings-bridge/withings-bridge/main/docs/public/config.schema.json"

/** JSON strings are YAML strings, so that no name or secret can change the meaning of the file. */
const scalar = (text: string) => JSON.stringify(text)

/** A commented config.yaml in the format of Home Assistant. */
export const configText = ({ callbackUrl, clientId, clientSecret, profiles }: NewConfig): string =>
  [
    `# yaml-language-server: $schema=${schema}`,
    "# Withings Bridge reads this; `withings-bridge check-config` lists every mistake in it.",
    "withings:",
    "  # Of your application on https://developer.withings.com",
    `  client_id: ${scalar(clientId)}`,
    `  client_secret: ${scalar(clientSecret)}`,
    "  # Register it there exactly like this.",
    `  callback_url: ${scalar(callbackUrl)}`,
    "  # Names of the persons, in the order in which they sign in.",
    "  profiles:",
    ...profiles.map((name) => `    - ${scalar(name)}`),
    "",
  ].join("\n")
