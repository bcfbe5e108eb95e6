import { Layer, Redacted } from "effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BridgeConfig } from "../src/BridgeConfig.ts"
import { layerStore } from "../src/store/Database.ts"
import { Lease } from "../src/store/Lease.ts"
import { AccessToken } from "../src/withings/account/AccessToken.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { RequestBudget } from "../src/withings/client/RequestBudget.ts"
import { SignIn } from "../src/withings/account/SignIn.ts"
import { TokenSeal } from "../src/withings/account/TokenSeal.ts"
import { TokenStore } from "../src/withings/account/TokenStore.ts"
import { WithingsApi } from "../src/withings/client/WithingsApi.ts"
import { WithingsHttp } from "../src/withings/client/WithingsHttp.ts"
import { WithingsOAuth } from "../src/withings/account/WithingsOAuth.ts"

export const newHome = () => mkdtempSync(join(tmpdir(), "withings-core-"))

export const configFor = (url: string, more: Partial<BridgeConfig> = {}): BridgeConfig => ({
  home: newHome(),
  clientId: "demo-client",
  clientSecret: Redacted.make("demo-secret"),
  callbackUrl: "http://localhost:7333/callback",
  profiles: [],
  accountUrl: url,
  apiUrl: url,
  pollEvery: 300,
  webhook: null,
  ...more,
})

/** As one process has it, with the services that are otherwise hidden. */
export const withingsLayer = (config: BridgeConfig) =>
  Layer.provideMerge(SignIn.layer, WithingsApi.layer).pipe(
    Layer.provideMerge(AccessToken.layer),
    Layer.provideMerge(WithingsOAuth.layer),
    Layer.provideMerge(WithingsHttp.layer),
    Layer.provideMerge(RequestBudget.layer),
    Layer.provideMerge(TokenStore.layer),
    Layer.provideMerge(TokenSeal.layer),
    Layer.provideMerge(PersonStore.layer),
    Layer.provideMerge(Lease.layer),
    Layer.provideMerge(layerStore(config)),
    Layer.provideMerge(BridgeConfig.layer(config)),
  )
