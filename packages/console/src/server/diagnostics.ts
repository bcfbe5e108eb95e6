import type { ConsoleState } from "../ConsoleState.ts"

/** Counts, versions and states for a bug report; no names, measures, Withings ids, keys or addresses. */
export const diagnosticsOf = ({ homeKit, homes, household, matter, settings, sync }: ConsoleState) => ({
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  revision: household.revision,
  settings: {
    followsHub: settings.hubUrl !== null,
    clientIdGiven: settings.clientId !== null,
    secretGiven: settings.hasSecret,
    callback: new URL(settings.callbackUrl).protocol,
    webhook: settings.webhookUrl !== null,
    pollEverySeconds: settings.pollEverySeconds,
  },
  persons: household.persons.map(({ id, standing }) => ({ id, ...standing })),
  leftOut: household.leftOut.map(({ id }) => id),
  descriptors: [...household.descriptors, ...household.leftOut].map(
    ({ id, deviceClass, model, availability, features }) => ({
      id,
      deviceClass,
      model,
      availability,
      features: features.map(({ key, nature, reading }) => ({
        key,
        nature,
        at: reading?.at ?? null,
        stale: reading?.stale ?? null,
      })),
    }),
  ),
  sync,
  homes: {
    homeKit: homeKit?.paired ?? null,
    matterControllers: matter?.controllers.length ?? null,
    beside: homes.filter(({ address }) => address !== null).map(({ name }) => name),
  },
})
