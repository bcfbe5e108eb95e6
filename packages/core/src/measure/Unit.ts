/** UCUM code for machines, symbol for people. */
export interface Unit {
  readonly ucum: string
  readonly symbol: string
}

export const units = {
  kilogram: { ucum: "kg", symbol: "kg" },
  metre: { ucum: "m", symbol: "m" },
  percent: { ucum: "%", symbol: "%" },
  mmHg: { ucum: "mm[Hg]", symbol: "mmHg" },
  beatsPerMinute: { ucum: "/min", symbol: "bpm" },
  breathsPerMinute: { ucum: "/min", symbol: "/min" },
  celsius: { ucum: "Cel", symbol: "°C" },
  metrePerSecond: { ucum: "m/s", symbol: "m/s" },
  second: { ucum: "s", symbol: "s" },
  millisecond: { ucum: "ms", symbol: "ms" },
  minute: { ucum: "min", symbol: "min" },
  kilocalorie: { ucum: "kcal", symbol: "kcal" },
  kilocaloriePerDay: { ucum: "kcal/d", symbol: "kcal/d" },
  year: { ucum: "a", symbol: "yr" },
  partsPerMillion: { ucum: "[ppm]", symbol: "ppm" },
  microsiemens: { ucum: "uS", symbol: "µS" },
  millilitrePerMinutePerKilogram: { ucum: "mL/min/kg", symbol: "mL/min/kg" },
  millimolePerLitre: { ucum: "mmol/L", symbol: "mmol/L" },
  micromolePerLitre: { ucum: "umol/L", symbol: "µmol/L" },
  lux: { ucum: "lx", symbol: "lx" },
  decibel: { ucum: "dB", symbol: "dB" },
  day: { ucum: "d", symbol: "d" },
  pound: { ucum: "[lb_av]", symbol: "lb" },
  inch: { ucum: "[in_i]", symbol: "in" },
  yard: { ucum: "[yd_i]", symbol: "yd" },
  mile: { ucum: "[mi_i]", symbol: "mi" },
  fahrenheit: { ucum: "[degF]", symbol: "°F" },
  kilogramPerSquareMetre: { ucum: "kg/m2", symbol: "kg/m²" },
} as const satisfies Record<string, Unit>
