import type { Redacted } from "effect"
import type { BridgeConfig, HubAddress } from "./BridgeConfig.ts"

/** Where a household gets its data: from Withings, through its application there, or from a hub. */
export type DataSource =
  | {
      readonly kind: "application"
      readonly clientId: string
      readonly clientSecret: Redacted.Redacted
    }
  | { readonly kind: "hub"; readonly hub: HubAddress }

/** null: nothing is configured yet. A hub wins over an application. */
export const dataSource = ({
  clientId,
  clientSecret,
  hub,
}: Pick<BridgeConfig, "clientId" | "clientSecret" | "hub">): DataSource | null => {
  if (hub !== undefined) return { kind: "hub", hub }
  return clientId === "" ? null : { kind: "application", clientId, clientSecret }
}
