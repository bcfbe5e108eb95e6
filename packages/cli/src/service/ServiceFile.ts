/** What a service runs, whatever the system that starts it. */
export interface ServiceOptions {
  readonly node: string
  readonly script: string
  readonly home: string
  /** What `withings-bridge run` is given: "--matter", "--gladys". */
  readonly options: ReadonlyArray<string>
  /** Settings that were made by environment variables; never a secret. */
  readonly env: Readonly<Record<string, string>>
}

/** A file that makes the system start the bridge, and what to do with it. */
export interface ServiceFile {
  readonly path: string
  readonly content: string
  /** Commands that start it now and at every boot. */
  readonly next: ReadonlyArray<string>
}

/** Everything that the service needs of the environment. */
export const environmentOf = ({ env, home }: ServiceOptions): ReadonlyArray<readonly [string, string]> =>
  Object.entries({ ...env, WITHINGS_BRIDGE_HOME: home })

export const xmlText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
