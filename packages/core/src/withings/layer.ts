import { Layer } from "effect"
import { AccessToken } from "./AccessToken.ts"
import { PersonStore } from "./PersonStore.ts"
import { RequestBudget } from "./RequestBudget.ts"
import { SignIn } from "./SignIn.ts"
import { TokenSeal } from "./TokenSeal.ts"
import { TokenStore } from "./TokenStore.ts"
import { WithingsApi } from "./WithingsApi.ts"
import { WithingsHttp } from "./WithingsHttp.ts"
import { WithingsOAuth } from "./WithingsOAuth.ts"

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
