import { personAction } from "./Action.ts"

export const getdevice = personAction(["user.info"], ({ person }) => ({ devices: person.devices }))

export const getgoals = personAction(["user.info", "user.metrics"], ({ person }) => ({ goals: person.goals }))
