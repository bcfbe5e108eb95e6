import { ClusterBehavior } from "@matter/main"
import { AttributeElement, ClusterElement, ClusterModel } from "@matter/main/model"
import { ClusterId, ClusterType, VendorId } from "@matter/main/types"
import { healthAttributes } from "./healthAttribute.ts"

/** In the range of the test vendor: this project has no vendor id (docs/matter.md). */
const healthClusterId = ClusterId.buildVendorSpecific(VendorId(0xfff1), 0xfc01)

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

const readOnly = { conformance: "M", quality: "X", access: "R V", default: null } as const

const definition = {
  id: healthClusterId,
  name: "WithingsHealth",
  classification: ClusterElement.Classification.Application,
  children: [
    AttributeElement({ id: 0xfffd, name: "ClusterRevision", type: "ClusterRevision", default: 1 }),
    ...healthAttributes.flatMap(({ id, name }) => [
      AttributeElement({ id, name: capital(name), type: "int32", ...readOnly }),
      AttributeElement({ id: id + 1, name: `${capital(name)}Time`, type: "uint32", ...readOnly }),
    ]),
  ],
}

/**
 * The vendor cluster of health values, described in docs/matter.md. Matter has no cluster for any of them.
 * Made by Reflect, because the constructor's own parameter types cannot be met under exactOptionalPropertyTypes.
 */
export const healthCluster: ClusterModel = Reflect.construct(ClusterModel, [definition])

const clusterType = (model: ClusterModel): ClusterType => {
  const type = ClusterType(model)
  if (!isClusterType(type)) throw new Error(`matter.js gave no cluster type for ${model.name}`)
  return type
}

/** ClusterType(model) is only typed as an object. */
const isClusterType = (type: object): type is ClusterType => "schema" in type && "name" in type

export const HealthServer = ClusterBehavior.for(clusterType(healthCluster))
