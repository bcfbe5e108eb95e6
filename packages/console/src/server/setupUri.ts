/** HomeKit's number for a bridge among accessory categories. */
const bridgeCategory = 2
/** "Reachable over IP" among the flags of a setup payload. */
const overIp = 2

/**
 * What the QR code of a HomeKit bridge says: "X-HM://" + 9 characters of base 36 + the setup id.
 * The number holds category (8 bits), flags (4 bits) and pin (27 bits); it outgrows 32 bits, so it is multiplied
 * rather than shifted. Source: HomeKit Accessory Protocol specification, "Setup payload".
 */
export const setupUri = (pin: string, setupId: string): string => {
  const code = Number(pin.replaceAll("-", ""))
  const payload = bridgeCategory * 2 ** 31 + overIp * 2 ** 27 + code
  return `X-HM://${payload.toString(36).toUpperCase().padStart(9, "0")}${setupId}`
}
