import { Specification } from "@matter/main/model"
import type { Attributes, Shown, ShownBridge } from "./shown.ts"

/** A value that the specification fixes, with the section that fixes it. */
interface Rule {
  readonly on: "root" | "aggregator" | "bridged"
  /** Only endpoints that have it are looked at. */
  readonly cluster: string
  readonly says: string
  readonly holds: (values: Attributes, of: Shown, bridge: ShownBridge, release: Release) => boolean
  /** Values with which it does not hold, so that each rule is seen to fail. */
  readonly wrong: (of: Shown, bridge: ShownBridge) => Attributes
}

export interface Release {
  readonly version: number
  readonly name: string
}

const oneOf = (value: unknown, ...allowed: ReadonlyArray<unknown>) => allowed.includes(value)
const textWithin = (value: unknown, longest: number) =>
  typeof value === "string" && value.length > 0 && new TextEncoder().encode(value).length <= longest
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])
const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : null
const typesOf = ({ clusters }: Shown) =>
  list(clusters["descriptor"]?.["deviceTypeList"]).map((type) => field(type, "deviceType"))

const bridgedNode = 0x13
const powerSource = 0x11
/** Says nothing about what an endpoint is for. */
const utilities: ReadonlySet<unknown> = new Set([bridgedNode, powerSource])

const applicationTypes = (of: Shown) => typesOf(of).filter((type) => !utilities.has(type))
/** Bridged devices of one type have to be told apart (device library 11.2, Disambiguation). */
const siblings = (of: Shown, { bridged }: ShownBridge) =>
  bridged.filter(
    (other) =>
      other.number !== of.number &&
      applicationTypes(other).some((type) => applicationTypes(of).includes(type)),
  )
const labelOf = ({ clusters }: Shown) => clusters["bridgedDeviceBasicInformation"]?.["nodeLabel"]
const uniqueIdOf = ({ clusters }: Shown) =>
  (clusters["bridgedDeviceBasicInformation"] ?? clusters["basicInformation"])?.["uniqueId"]
/** Namespaces that belong to device types which the bridge has not: they would say something untrue. */
const foreignNamespaces: ReadonlySet<unknown> = new Set([0x0e, 0x41, 0x42, 0x44, 0x45])

export const rules: ReadonlyArray<Rule> = [
  {
    on: "root",
    cluster: "basicInformation",
    says: "SpecificationVersion is 1.6.0 (core 11.1.5.22)",
    holds: ({ specificationVersion }) => specificationVersion === 0x01060000,
    wrong: () => ({ specificationVersion: 0x01050000 }),
  },
  {
    on: "root",
    cluster: "basicInformation",
    says: "DataModelRevision is that of the specification (core 11.1.5.1)",
    holds: ({ dataModelRevision }) => dataModelRevision === Specification.DATA_MODEL_REVISION,
    wrong: () => ({ dataModelRevision: Specification.DATA_MODEL_REVISION - 1 }),
  },
  {
    on: "root",
    cluster: "basicInformation",
    says: "SoftwareVersion and its text are those of the release (core 11.1.5.10)",
    holds: ({ softwareVersion, softwareVersionString }, _, __, release) =>
      softwareVersion === release.version && softwareVersionString === release.name,
    wrong: () => ({ softwareVersion: 0 }),
  },
  {
    on: "root",
    cluster: "basicInformation",
    says: "ConfigurationVersion is at least 1 (core 11.1.5.24)",
    holds: ({ configurationVersion }) => Number(configurationVersion) >= 1,
    wrong: () => ({ configurationVersion: 0 }),
  },
  {
    on: "root",
    cluster: "basicInformation",
    says: "CapabilityMinima is at least 3 and 3 (core 11.1.5.20)",
    holds: ({ capabilityMinima }) =>
      Number(field(capabilityMinima, "caseSessionsPerFabric")) >= 3 &&
      Number(field(capabilityMinima, "subscriptionsPerFabric")) >= 3,
    wrong: () => ({ capabilityMinima: { caseSessionsPerFabric: 3, subscriptionsPerFabric: 2 } }),
  },
  {
    on: "root",
    cluster: "basicInformation",
    says: "UniqueID has 1 to 32 characters and is nobody else's (core 11.1.5.19)",
    holds: ({ uniqueId }, _, { bridged }) =>
      textWithin(uniqueId, 32) && bridged.every((other) => uniqueIdOf(other) !== uniqueId),
    wrong: (_, { bridged: [first] }) => ({ uniqueId: first && uniqueIdOf(first) }),
  },
  {
    on: "root",
    cluster: "descriptor",
    says: "PartsList of the root lists every endpoint (core 9.2.3, full family)",
    holds: ({ partsList }, _, { aggregator, bridged }) =>
      same(list(partsList).toSorted(), [aggregator, ...bridged].map(({ number }) => number).toSorted()),
    wrong: () => ({ partsList: [1] }),
  },
  {
    on: "aggregator",
    cluster: "descriptor",
    says: "PartsList of the aggregator lists every bridged endpoint (device library 11.2)",
    holds: ({ partsList }, _, { bridged }) =>
      same(list(partsList).toSorted(), bridged.map(({ number }) => number).toSorted()),
    wrong: () => ({ partsList: [] }),
  },
  {
    on: "bridged",
    cluster: "descriptor",
    says: "a bridged device of one endpoint has no parts (device library 2.5.6)",
    holds: ({ partsList }) => same(partsList, []),
    wrong: () => ({ partsList: [99] }),
  },
  {
    on: "bridged",
    cluster: "descriptor",
    says: "it is a bridged node, and a power source exactly when it has that cluster (device library 2.5.4)",
    holds: (_, of) =>
      typesOf(of).includes(bridgedNode) &&
      typesOf(of).includes(powerSource) === (of.clusters["powerSource"] !== undefined),
    wrong: () => ({ deviceTypeList: [{ deviceType: 0x0f, revision: 3 }] }),
  },
  {
    on: "bridged",
    cluster: "descriptor",
    says: "TagList stands exactly with its feature, with 1 to 6 semantic tags (core 9.5.6.5)",
    holds: ({ featureMap, tagList }) =>
      field(featureMap, "tagList") === true
        ? list(tagList).length >= 1 && list(tagList).length <= 6
        : tagList === undefined,
    wrong: () => ({ featureMap: { tagList: true }, tagList: [] }),
  },
  {
    on: "bridged",
    cluster: "descriptor",
    says: "its semantic tags are of no other device type's namespace",
    holds: ({ tagList }) => list(tagList).every((tag) => !foreignNamespaces.has(field(tag, "namespaceId"))),
    wrong: () => ({ featureMap: { tagList: true }, tagList: [{ namespaceId: 0x44, tag: 0 }] }),
  },
  {
    on: "bridged",
    cluster: "bridgedDeviceBasicInformation",
    says: "NodeLabel or TagList tells it from its siblings of the same type (device library 11.2)",
    holds: (_, of, bridge) =>
      siblings(of, bridge).every(
        (other) =>
          labelOf(other) !== labelOf(of) ||
          !same(other.clusters["descriptor"]?.["tagList"], of.clusters["descriptor"]?.["tagList"]),
      ),
    wrong: (of, bridge) => ({ nodeLabel: siblings(of, bridge).map(labelOf)[0] }),
  },
  {
    on: "bridged",
    cluster: "bridgedDeviceBasicInformation",
    says: "UniqueID has 1 to 32 characters and is nobody else's (core 9.13.5.3)",
    holds: ({ uniqueId }, of, { bridged }) =>
      textWithin(uniqueId, 32) &&
      bridged.every((other) => other.number === of.number || uniqueIdOf(other) !== uniqueId),
    wrong: () => ({ uniqueId: "" }),
  },
  {
    on: "bridged",
    cluster: "bridgedDeviceBasicInformation",
    says: "UniqueID is not the serial number (core 11.1.5.19)",
    holds: ({ serialNumber, uniqueId }) => uniqueId !== serialNumber,
    wrong: () => ({ uniqueId: "same", serialNumber: "same" }),
  },
  {
    on: "bridged",
    cluster: "bridgedDeviceBasicInformation",
    says: "SoftwareVersionString is that of the release",
    holds: ({ softwareVersionString }, _, __, release) => softwareVersionString === release.name,
    wrong: () => ({ softwareVersionString: "0" }),
  },
  {
    on: "bridged",
    cluster: "bridgedDeviceBasicInformation",
    says: "NodeLabel has 1 to 32 bytes",
    holds: ({ nodeLabel }) => textWithin(nodeLabel, 32),
    wrong: () => ({ nodeLabel: "é".repeat(17) }),
  },
  {
    on: "bridged",
    cluster: "powerSource",
    says: "EndpointList names the endpoint itself and no other (core 11.7.7.32)",
    holds: ({ endpointList }, { number }) => same(endpointList, [number]),
    wrong: () => ({ endpointList: [] }),
  },
  {
    on: "bridged",
    cluster: "powerSource",
    says: "Status is Active: the battery is what powers the device (core 11.7.7.1)",
    holds: ({ status }) => status === 1,
    wrong: () => ({ status: 0 }),
  },
  {
    on: "bridged",
    cluster: "powerSource",
    says: "Order is 0, and Description has 1 to 60 bytes (core 11.7.7.2, 11.7.7.3)",
    holds: ({ description, order }) => order === 0 && textWithin(description, 60),
    wrong: () => ({ description: "" }),
  },
  {
    on: "bridged",
    cluster: "powerSource",
    says: "a battery and no mains, with BatChargeLevel Ok, Warning or Critical (core 11.7.7.15)",
    holds: ({ batChargeLevel, featureMap }) =>
      field(featureMap, "battery") === true &&
      field(featureMap, "wired") === false &&
      oneOf(batChargeLevel, 0, 1, 2),
    wrong: () => ({ batChargeLevel: 3 }),
  },
  {
    on: "bridged",
    cluster: "powerSource",
    says: "BatReplacementNeeded and BatReplaceability are told (core 11.7.7.16, 11.7.7.17)",
    holds: ({ batReplaceability, batReplacementNeeded }) =>
      typeof batReplacementNeeded === "boolean" && oneOf(batReplaceability, 0, 1, 2, 3),
    wrong: () => ({ batReplaceability: undefined }),
  },
  {
    on: "bridged",
    cluster: "switch",
    says: "a button has two positions and rests at 0 (cluster 1.13.5)",
    holds: ({ currentPosition, numberOfPositions }) => numberOfPositions === 2 && currentPosition === 0,
    wrong: () => ({ currentPosition: 1 }),
  },
  {
    on: "bridged",
    cluster: "occupancySensing",
    says: "a bed senses by contact: type 3, bit 2 (cluster 2.7.6)",
    holds: ({ occupancySensorType, occupancySensorTypeBitmap }) =>
      occupancySensorType === 3 && field(occupancySensorTypeBitmap, "physicalContact") === true,
    wrong: () => ({ occupancySensorType: 0 }),
  },
]

/** Every value that is not as the specification fixes it, in words. */
export const wrongValues = (bridge: ShownBridge, release: Release): ReadonlyArray<string> =>
  rules.flatMap(({ cluster, holds, on, says }) => {
    const endpoints = on === "bridged" ? bridge.bridged : [bridge[on]]
    return endpoints.flatMap((of) => {
      const values = of.clusters[cluster]
      return values === undefined || holds(values, of, bridge, release)
        ? []
        : [`endpoint ${of.number}, ${cluster}: ${says}`]
    })
  })
