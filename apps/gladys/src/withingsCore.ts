import { Bridge, type BridgeConfig } from "@withings-bridge/core"
import { type Context, Layer } from "effect"
import { CoreFailed, type CoreLayer, type Credentials, sameCredentials } from "./BridgeHost.ts"
import { FeatureHistory } from "./FeatureHistory.ts"
import { Refresh } from "./Refresh.ts"

/** The core as this app needs it. */
export const withingsCore =
  (config: BridgeConfig): CoreLayer =>
  (credentials) =>
    withViews(Bridge.layer({ ...config, ...credentials }))

/** The core that already runs in this process, unless Gladys has set other credentials: those get a core of their own. */
export const coreBeside =
  (config: BridgeConfig, shared: Context.Context<Bridge>): CoreLayer =>
  (credentials) =>
    sameCredentials(credentials, credentialsOf(config))
      ? withViews(Layer.succeedContext(shared))
      : withingsCore(config)(credentials)

const withViews = (core: Layer.Layer<Bridge, { readonly message: string }>) =>
  Layer.merge(FeatureHistory.layer, Refresh.layer).pipe(
    Layer.provideMerge(core),
    Layer.catchAll((error) => Layer.fail(new CoreFailed({ message: error.message }))),
  )

export const credentialsOf = ({
  clientId,
  clientSecret,
  callbackUrl,
  profiles,
  hub,
}: BridgeConfig): Credentials => ({
  clientId,
  clientSecret,
  callbackUrl,
  profiles,
  ...(hub === undefined ? {} : { hub }),
})
