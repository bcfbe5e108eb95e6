export {
  DescriptorId,
  type Availability,
  type DeviceClass,
  type DeviceDescriptor,
} from "./device/DeviceDescriptor.ts"
export type { Feature, FeatureNature } from "./device/Feature.ts"
export { shownReading } from "./device/shownBed.ts"
export { bedUnknowns, type BedUnknown } from "./rule/BedChoices.ts"
export { isOfTheRoom } from "./device/isOfTheRoom.ts"
export { newestOfKind } from "./device/newestOfKind.ts"
export { spokenName, type SpokenPart } from "./device/spokenName.ts"
export { isShown } from "./device/isShown.ts"
export type { ShownValues } from "./measure/essential.ts"
export { closest } from "./config/closest.ts"
export { readRules, type RuleMistake } from "./rule/readRules.ts"
export { conditions, type ConditionName } from "./rule/conditions.ts"
export { ruleForm, type FormCondition, type FormField } from "./rule/ruleForm.ts"
export { HouseholdRules, RuleError } from "./HouseholdRules.ts"
export type { WrittenRule } from "./config/ruleFile.ts"
export { fileRules } from "./config/fileRules.ts"
export type { Span } from "./rule/previewRule.ts"
export { RulePreview, type EntryPreview, type PersonPreview } from "./store/RulePreview.ts"
export type { Rule } from "./rule/Rule.ts"
export type { Reading } from "./device/Reading.ts"
export { batteryPercent } from "./device/batteryPercent.ts"
export { fnv1a128 } from "./device/opaqueId.ts"
export { Revision, type Household, type HouseholdChange, type MeasuredEvent } from "./device/Household.ts"
export { type Button, type Moment, type MomentKind, moments } from "./moment/Moment.ts"
export { buttonsOf, type MomentButton } from "./moment/buttonsOf.ts"
export { GroupId, type Attribution, type Measure, type MeasureSource } from "./measure/Measure.ts"
export {
  languages,
  type Language,
  type MeasureCategory,
  type MeasureKind,
  type MeasureNature,
  type Text,
} from "./measure/MeasureKind.ts"
export type { Unit } from "./measure/Unit.ts"
export { hasAccess, standingText } from "./measure/standingText.ts"
export { PersonId, type Person, type Standing, type StandingState } from "./measure/Person.ts"
export { DeviceId, type BatteryLevel, type Device } from "./measure/Device.ts"
export type { Presence } from "./measure/Presence.ts"
export {
  BridgeConfig,
  type HubAddress,
  type LoadOptions,
  type RelayedWebhook,
  type WebhookConfig,
} from "./BridgeConfig.ts"
export { ConfigError } from "./config/ConfigError.ts"
export type { ConfigMistake } from "./config/readSettings.ts"
export { configSection, configSections, type FileSection } from "./config/configFile.ts"
export { homePath, openHome } from "./HomeFolder.ts"
export { appLog, messageText } from "./appLog.ts"
export {
  answerCallback,
  listenForCallback,
  ownCallback,
  watchCallback,
} from "./withings/account/CallbackListener.ts"
export { EcgCurves } from "./EcgCurves.ts"
export { HouseholdFeed, type Consumer } from "./HouseholdFeed.ts"
export { PersonRemoval, type RemovedPerson } from "./PersonRemoval.ts"
export { Turns } from "./Turns.ts"
export { Troubles } from "./trouble/Troubles.ts"
export { type Reported, type Severity, type Trouble, type TroubleCode } from "./trouble/Trouble.ts"
export { epochSeconds, type Millis, type Seconds, toSeconds } from "./epochSeconds.ts"
export { errorCodes } from "./errorCodes.ts"
export { HomeKey, KeyError } from "./withings/account/HomeKey.ts"
export { SignIn, SignInError, type SignInReason } from "./withings/account/SignIn.ts"
export { errorText } from "./withings/account/signInSentences.ts"
export { eraseServerStore } from "./store/eraseStore.ts"
export { StoreError } from "./store/StoreError.ts"
export { Bridge } from "./Bridge.ts"
export { RelayedWebhooks, type RelayStanding } from "./sync/RelayedWebhooks.ts"
export { SyncStatus, type Leader, type Leaders, type SyncProgress } from "./sync/SyncStatus.ts"
export { feeds as historyFeeds } from "./withings/client/Feed.ts"
export { personHistory, type PersonHistory } from "./sync/personHistory.ts"
export { readiness, type NotReady } from "./sync/readiness.ts"
export type { WithingsError } from "./withings/client/WithingsError.ts"
export { probeWebhook, unreachableReasons } from "./sync/probeWebhook.ts"
export { Weighings, WeighingError, type Weighing } from "./store/Weighings.ts"
export { LeftOut } from "./store/LeftOut.ts"
export { History, type Count } from "./store/History.ts"
export type { Stretch } from "./store/featurePast.ts"
export type { Point } from "./store/reducePoints.ts"
export type { Aggregate, Period } from "./store/aggregate.ts"
export { toObservations } from "./export/toObservations.ts"
export { clockText } from "./measure/timeOfDay.ts"
export { kindOf, measureKinds } from "./measure/measureKinds.ts"
export { readIfThere, writeWhole } from "./wholeFile.ts"
export { saveConfigFile } from "./config/saveConfigFile.ts"
export { boundedBody, boundedServer, requestLimits } from "./http/boundedServer.ts"
export { reachableAddress } from "./http/reachableAddress.ts"
export { escapeHtml } from "./http/escapeHtml.ts"
export { listenFailure } from "./http/listenFailure.ts"
export { dataSource } from "./dataSource.ts"
export { isForeign, isLoopback, type OwnAddress } from "./http/ownOrigin.ts"
export { wrongAttempts } from "./http/wrongAttempts.ts"
export * as settingReaders from "./config/readers.ts"
export { readBlock, readSection } from "./config/readSection.ts"
export { groupsOf, listOf, ruleList } from "./config/listSetting.ts"
export { settings as sharedSettings } from "./config/settings.ts"
export { aMeasure, aText, aWord, optional } from "./rule/fields.ts"
export { copyStore } from "./store/copyStore.ts"
export { refusedByWithings } from "./withings/account/publicUrl.ts"
export {
  countShown,
  type Access,
  type Home,
  type Pairing,
  type Part,
  type PartFailure,
  type PartHost,
  type PartPort,
  type PartSources,
  type Shown,
  type ShownAs,
} from "./home/Home.ts"
export { readPart } from "./home/readPart.ts"
export {
  NothingRuns,
  overCore,
  runParts,
  type ChosenPart,
  type PartEvent,
  type TellPart,
} from "./home/runParts.ts"
