export interface NewConfig {
  readonly clientId: string
  readonly clientSecret: string
  readonly callbackUrl: string
  readonly profiles: ReadonlyArray<string>
}

/** Editors complete and check the file by it; `pnpm references` writes it. */
const schema =
  "https://raw.githubusercontent.com/withings-bridge/withings-bridge/main/docs/public/config.schema.json"

/** JSON's strings are YAML's, so that no name or secret can change the meaning of the file. */
const scalar = (text: string) => JSON.stringify(text)

/** The file as people know it from Home Assistant, with what each line is for. */
export const configText = ({ callbackUrl, clientId, clientSecret, profiles }: NewConfig): string =>
  [
    `# yaml-language-server: $schema=${schema}`,
    "# Withings Bridge reads this; `withings-bridge check-config` tells every mistake in it.",
    "withings:",
    "  # Of your application on https://developer.withings.com",
    `  client_id: ${scalar(clientId)}`,
    `  client_secret: ${scalar(clientSecret)}`,
    "  # Must be written there in exactly this way.",
    `  callback_url: ${scalar(callbackUrl)}`,
    "  # How to call the persons, in the order they sign in.",
    "  profiles:",
    ...profiles.map((name) => `    - ${scalar(name)}`),
    "",
  ].join("\n")
