import { between, randomOf } from "../household/random.ts"

/** "Usually 4 kHz", as the document says. */
export const soundFrequency = 4000
export const soundSeconds = 5

/** Two dull sounds per beat, as bytes of G.711 A-law, in which silence is 0xd5. */
export const heartSound = (signalid: number, heartRate: number): Array<number> => {
  const random = randomOf(`sound/${signalid}`)
  const beat = 60 / heartRate
  return Array.from({ length: soundSeconds * soundFrequency }, (_, index) => {
    const phase = (index / soundFrequency / beat) % 1
    const loud = Math.exp(-((phase - 0.1) ** 2) / 0.0008) + 0.7 * Math.exp(-((phase - 0.42) ** 2) / 0.0006)
    const level = Math.min(127, Math.round(loud * 90 + between(random, 0, 4)))
    return (level | (index % 2 === 0 ? 0x80 : 0)) ^ 0x55
  })
}
