import { Layer } from "effect"
import { AccessToken } from "./account/AccessToken.ts"
import { PersonStore } from "./account/PersonStore.ts"
import { RequestBudget } from "./client/RequestBudget.ts"
import { SignIn } from "./account/SignIn.ts"
import { TokenSeal } from "./account/TokenSeal.ts"
import { TokenStore } from "./account/TokenStore.ts"
import { WithingsApi } from "./client/WithingsApi.ts"
import { WithingsHttp } from "./client/WithingsHttp.ts"
import { WithingsOAuth } from "./account/WithingsOAuth.ts"

/** Withings as the core sees it: signing in, and reading what a person's account holds. */
export const layerWithings = Layer.provideMerge(SignIn.layer, WithingsApi.layer).pipe(
  Layer.provide(AccessToken.layer),
  Layer.provide(WithingsOAuth.layer),
  Layer.provide(WithingsHttp.layer),
  Layer.provide(RequestBudget.layer),
  Layer.provide(TokenStore.layer),
  Layer.provide(TokenSeal.layer),
  Layer.provide(PersonStore.layer),
)
