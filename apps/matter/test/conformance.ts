import { ClusterId, type Endpoint, Matter } from "@matter/main"
import { DescriptorClient } from "@matter/main/behaviors/descriptor"
import {
  type ClusterModel,
  Conformance,
  type DeviceTypeModel,
  type RequirementModel,
} from "@matter/main/model"

/**
 * A small TC_DeviceConformance: what an endpoint shows over the wire against the specification's own model.
 * Answers every deviation in words; none means conformant.
 */
export const deviations = (endpoint: Endpoint): ReadonlyArray<string> => {
  const { deviceTypeList, serverList } = endpoint.stateOf(DescriptorClient)
  const types = deviceTypeList.map(({ deviceType, revision }) => ({
    type: Matter.deviceTypes(deviceType),
    revision,
    deviceType,
  }))
  const found: Array<string> = []
  const say = (text: string) => found.push(`endpoint ${endpoint.number}: ${text}`)

  const allowed = new Set<number>()
  for (const { type, revision, deviceType } of types) {
    if (type === undefined) {
      say(`device type ${deviceType} is not in the specification`)
      continue
    }
    if (type.revision !== revision) say(`${type.name} has revision ${revision}, not ${type.revision}`)
    for (const requirement of serverClusters(type)) {
      const id = Matter.clusters(requirement.name)?.id
      if (id === undefined) continue
      allowed.add(id)
      if (requirement.isMandatory && !serverList.some((shown) => shown === id))
        say(`${type.name} asks for the cluster ${requirement.name}`)
    }
  }
  for (const id of serverList) {
    if (isVendors(id)) continue
    const cluster = Matter.clusters(ClusterId(id))
    if (cluster === undefined) say(`cluster ${id} is not in the specification`)
    else {
      if (!allowed.has(id)) say(`the cluster ${cluster.name} belongs to none of its device types`)
      for (const text of clusterDeviations(endpoint, cluster)) say(`${cluster.name}: ${text}`)
    }
  }
  return found
}

const clusterDeviations = (endpoint: Endpoint, cluster: ClusterModel): ReadonlyArray<string> => {
  const found: Array<string> = []
  const { featureMap, attributeList, acceptedCommandList, clusterRevision } = endpoint.globalsOf(
    uncapital(cluster.name),
  )
  const features = new Set(
    cluster.features
      .filter(({ name, title }) => featureMap[uncapital(title ?? name)] === true)
      .map(({ name }) => name),
  )
  const context = { definedFeatures: cluster.definedFeatures, supportedFeatures: features }
  if (clusterRevision !== cluster.revision)
    found.push(`has revision ${clusterRevision}, not ${cluster.revision}`)

  const check = (
    what: string,
    elements: Iterable<{ id: number | undefined; name: string; conformance: Conformance }>,
    shown: ReadonlyArray<number>,
  ) => {
    const known = new Set<number>()
    for (const { id, name, conformance } of elements) {
      if (id === undefined) continue
      known.add(id)
      const applies = conformance.applicabilityFor(context)
      if (applies === Conformance.Applicability.Mandatory && !shown.includes(id))
        found.push(`${what} ${name} is missing`)
      if (applies === Conformance.Applicability.None && shown.includes(id))
        found.push(`${what} ${name} does not belong`)
    }
    for (const id of shown) if (!known.has(id)) found.push(`${what} ${id} is not in the specification`)
  }
  check(
    "attribute",
    cluster.attributes.filter(({ id }) => id < 0xfff0),
    attributeList.filter((id) => id < 0xfff0),
  )
  check(
    "command",
    cluster.commands.filter(({ isRequest }) => isRequest),
    acceptedCommandList,
  )
  check(
    "feature",
    cluster.features.map((feature, id) => ({ id, name: feature.name, conformance: feature.conformance })),
    cluster.features.flatMap(({ name }, id) => (features.has(name) ? [id] : [])),
  )
  return found
}

/** Clusters of a device type, and those that every endpoint may have. */
const serverClusters = (type: DeviceTypeModel): ReadonlyArray<RequirementModel> => [
  ...type.requirements.filter(({ element }) => element === "serverCluster"),
  ...(Matter.deviceTypes("Base")?.requirements.filter(({ element }) => element === "serverCluster") ?? []),
]

const isVendors = (cluster: number) => cluster >>> 16 !== 0

const uncapital = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
