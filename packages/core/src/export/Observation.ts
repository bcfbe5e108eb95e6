/** As much of an Observation of FHIR R4 (hl7.org/fhir/R4/observation.html) as a measure fills. */
export interface Observation
  extends Partial<ValueQuantity>, Partial<ValueCodeableConcept>, Partial<ValueTime> {
  readonly resourceType: "Observation"
  readonly identifier: ReadonlyArray<Identifier>
  readonly status: "final" | "preliminary"
  readonly category: ReadonlyArray<CodeableConcept>
  readonly code: CodeableConcept
  readonly subject: Reference
  /** When it was taken. */
  readonly effectiveDateTime: string
  /** When Withings last changed it. */
  readonly issued: string
  readonly bodySite?: { readonly text: string }
  readonly device?: Reference
  readonly component?: ReadonlyArray<Component>
}

export type Component = { readonly code: CodeableConcept } & Value

export type Value = ValueQuantity | ValueCodeableConcept | ValueTime

interface ValueTime {
  /** "23:40:00" */
  readonly valueTime: string
}

interface ValueQuantity {
  readonly valueQuantity: {
    readonly value: number
    readonly unit: string
    readonly system: string
    readonly code: string
  }
}

interface ValueCodeableConcept {
  readonly valueCodeableConcept: CodeableConcept
}

export interface Coding {
  readonly system: string
  readonly code: string
  readonly display?: string
}

interface CodeableConcept {
  readonly coding: ReadonlyArray<Coding>
  readonly text?: string
}

interface Identifier {
  readonly system: string
  readonly value: string
}

interface Reference {
  readonly identifier: Identifier
  readonly display?: string
}
