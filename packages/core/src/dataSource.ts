import type { Redacted } from "effect"
import type { BridgeConfig, HubAddress } from "./BridgeConfig.ts"

/** Where the data of a household comes from: Withings, by an application of its own, or a hub. */
export type DataSource =
  | {
      readonly kind: "application"
      readonly clientId: string
      readonly clientSecret: Redacted.Redacted
    }
  | { readonly kind: "hub"; readonly hub: HubAddress }

/** null: nothing is set up yet. A hub goes before an application that the household had earlier. */
export const dataSource = ({
  clientId,
  clientSecret,
  hub,
}: Pick<BridgeConfig, "clientId" | "clientSecret" | "hub">): DataSource | null => {
  if (hub !== undefined) return { kind: "hub", hub }
  return clientId === "" ? null : { kind: "application", clientId, clientSecret }
}
