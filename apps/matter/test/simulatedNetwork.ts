import {
  Crypto,
  Entropy,
  Environment,
  MemoryStorageDriver,
  Network,
  NetworkSimulator,
  StorageService,
} from "@matter/main"
import { MdnsService } from "@matter/main/protocol"

/**
 * Hosts on a network that exists only in this process; each forgets everything with it, unless it is given an
 * environment with a storage of its own.
 */
export const simulatedNetwork = () => {
  const simulator = new NetworkSimulator()
  return (number: number, given?: Environment): Environment => {
    const environment = given ?? inMemory(`host-${number}`)
    environment.set(Network, simulator.addHost(number))
    environment.set(MdnsService, new MdnsService(environment))
    return environment
  }
}

/**
 * Without a parent: matter.js keeps one mDNS service for each root, so that a bridge in the default environment would
 * announce itself at the address of the host that was added last.
 */
const inMemory = (name: string): Environment => {
  const environment = new Environment(name)
  for (const service of [Crypto, Entropy]) environment.set(service, Environment.default.get(service))
  const storage = new StorageService(environment)
  storage.registerDriver(MemoryStorageDriver)
  storage.configuredDriver = MemoryStorageDriver.id
  environment.set(StorageService, storage)
  return environment
}
