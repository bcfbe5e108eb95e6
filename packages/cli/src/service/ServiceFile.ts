/** What the service runs, on any system. */
export interface ServiceOptions {
  readonly node: string
  readonly script: string
  readonly home: string
  /** Options of `withings-bridge run`: "--matter", "--gladys". */
  readonly options: ReadonlyArray<string>
  /** Settings from environment variables, without secrets. */
  readonly env: Readonly<Record<string, string>>
}

/** A file that makes the system start the bridge. */
export interface ServiceFile {
  readonly path: string
  readonly content: string
  /** Commands that start it now and at every boot. */
  readonly next: ReadonlyArray<string>
}

export const environmentOf = ({ env, home }: ServiceOptions): ReadonlyArray<readonly [string, string]> =>
  Object.entries({ ...env, WITHINGS_BRIDGE_HOME: home })

export const xmlText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
