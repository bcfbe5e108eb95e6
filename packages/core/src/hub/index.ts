// For the hub's runner: cores of many households on one store. Homes never load this.
export { HouseholdKey, HubRefusal, HubRpcs } from "./HubRpcs.ts"
export { layerAnswers } from "./answerHub.ts"
export { catchUpAll } from "./catchUp.ts"
export { type HouseholdCore, layerHouseholdCore, layerSharedCore, type SharedCore } from "./householdCore.ts"
export { claimDue, type ClaimedPerson, dueWithin, giveBackDue } from "../store/personRows.ts"
export { hearWebhook, receivesWebhooks, subscriptionDue, turnOf } from "./turnOf.ts"
