import { Layer } from "effect"
import { AccessToken } from "./account/AccessToken.ts"
import { PersonStore } from "./account/PersonStore.ts"
import { SignIn } from "./account/SignIn.ts"
import { TokenStore } from "./account/TokenStore.ts"
import { WithingsApi } from "./client/WithingsApi.ts"
import { WithingsHttp } from "./client/WithingsHttp.ts"
import { WithingsOAuth } from "./account/WithingsOAuth.ts"

/** Signing in, and reading a person's account. Budget and key belong to the process and are shared by its households. */
export const layerWithings = Layer.provideMerge(SignIn.layer, WithingsApi.layer).pipe(
  Layer.provide(AccessToken.layer),
  Layer.provide(WithingsOAuth.layer),
  Layer.provide(WithingsHttp.layer),
  Layer.provide(TokenStore.layer),
  Layer.provide(PersonStore.layer),
)
