import { Environment, MemoryStorageDriver, Network, NetworkSimulator, StorageService } from "@matter/main"
import { MdnsService } from "@matter/main/protocol"

/**
 * Hosts on a network that exists only in this process; each forgets everything with it, unless it is given an
 * environment with a storage of its own.
 */
export const simulatedNetwork = () => {
  const simulator = new NetworkSimulator()
  return (number: number, given?: Environment): Environment => {
    const environment = given ?? new Environment(`host-${number}`, Environment.default)
    environment.set(Network, simulator.addHost(number))
    environment.set(MdnsService, new MdnsService(environment))
    if (given !== undefined) return environment
    const storage = new StorageService(environment)
    storage.registerDriver(MemoryStorageDriver)
    storage.configuredDriver = MemoryStorageDriver.id
    environment.set(StorageService, storage)
    return environment
  }
}
