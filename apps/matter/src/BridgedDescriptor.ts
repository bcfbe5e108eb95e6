import { DescriptorServer } from "@matter/main/behaviors/descriptor"
import { BridgedNodeDt, type DeviceTypeModel, PowerSourceDt } from "@matter/main/model"
import { DeviceTypeId } from "@matter/main/types"

/** What matter.js adds to a bridged endpoint, and to one with a battery. */
const known = new Map([BridgedNodeDt, PowerSourceDt].map((model) => [model.name, model]))

/**
 * Adds device types by name as matter.js does. matter.js 0.17.9 searches its whole model for them, which costs 2 to 4 ms
 * of the start for each endpoint.
 */
export class BridgedDescriptor extends DescriptorServer {
  override addDeviceTypes(...deviceTypes: Array<DescriptorServer.DeviceType | string>) {
    super.addDeviceTypes(
      ...deviceTypes.map((type) => {
        const model = typeof type === "string" ? known.get(type) : undefined
        return model === undefined ? type : describe(model)
      }),
    )
  }
}

const describe = ({ id, revision }: DeviceTypeModel): DescriptorServer.DeviceType => ({
  deviceType: DeviceTypeId(id),
  revision,
})
