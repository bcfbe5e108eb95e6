/**
 * Reads the newest value of every feature from the Gladys HTTP bridge. The key is in `gladys/api-key` in the home folder;
 * `http://ADDRESS:PORT/docs` describes the whole API.
 */
export const newestValues = async (bridge: string, key: string): Promise<ReadonlyArray<string>> => {
  const answer = await fetch(`${bridge}/api/v1/device`, { headers: { authorization: `Bearer ${key}` } })
  if (!answer.ok) throw new Error(`The bridge answered ${answer.status}: ${await answer.text()}`)
  const devices = (await answer.json()) as ReadonlyArray<Device>
  return devices.flatMap(({ features, name }) =>
    features.map((feature) => `${name}, ${feature.name}: ${feature.last_value} ${feature.unit ?? ""}`.trim()),
  )
}

interface Device {
  readonly name: string
  readonly features: ReadonlyArray<{
    readonly name: string
    readonly last_value: number | null
    readonly unit: string | null
  }>
}
