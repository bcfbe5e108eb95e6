import type { Text } from "./MeasureKind.ts"

/** Places of the body by Withings' number. 7 is undocumented, but most measures of a whole body have it. */
const positions: Readonly<Record<number, Text>> = {
  0: { en: "right wrist", fr: "poignet droit" },
  1: { en: "left wrist", fr: "poignet gauche" },
  2: { en: "right arm", fr: "bras droit" },
  3: { en: "left arm", fr: "bras gauche" },
  4: { en: "right foot", fr: "pied droit" },
  5: { en: "left foot", fr: "pied gauche" },
  6: { en: "between legs", fr: "entre les jambes" },
  7: { en: "whole body", fr: "corps entier" },
  8: { en: "left part of the body", fr: "partie gauche du corps" },
  9: { en: "right part of the body", fr: "partie droite du corps" },
  10: { en: "left leg", fr: "jambe gauche" },
  11: { en: "right leg", fr: "jambe droite" },
  12: { en: "torso", fr: "tronc" },
  13: { en: "left hand", fr: "main gauche" },
  14: { en: "right hand", fr: "main droite" },
  15: { en: "aortic area", fr: "foyer aortique" },
  16: { en: "pulmonic area", fr: "foyer pulmonaire" },
  17: { en: "tricuspid area", fr: "foyer tricuspide" },
  18: { en: "mitral area", fr: "foyer mitral" },
  19: { en: "apex area", fr: "apex du cœur" },
  20: { en: "front upper right lung", fr: "poumon, avant haut droit" },
  21: { en: "front upper left lung", fr: "poumon, avant haut gauche" },
  22: { en: "front bottom right lung", fr: "poumon, avant bas droit" },
  23: { en: "front bottom left lung", fr: "poumon, avant bas gauche" },
  24: { en: "back upper left lung", fr: "poumon, arrière haut gauche" },
  25: { en: "back upper right lung", fr: "poumon, arrière haut droit" },
  26: { en: "back bottom left lung", fr: "poumon, arrière bas gauche" },
  27: { en: "back bottom right lung", fr: "poumon, arrière bas droit" },
  28: { en: "wide mode area", fr: "zone en mode large" },
  29: { en: "between arms", fr: "entre les bras" },
  30: { en: "held right", fr: "tenu à droite" },
  31: { en: "held left", fr: "tenu à gauche" },
}

export const wholeBody = 7

export const positionName = (position: number): Text =>
  positions[position] ?? { en: `position ${position}`, fr: `position ${position}` }
