import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto"
import { isIP } from "node:net"
import {
  bits,
  explicit,
  implicit,
  integer,
  objectId,
  octets,
  sequence,
  set,
  utcTime,
  utf8,
  yes,
} from "./der.ts"

/** A server certificate for clients that trust `authority`; all PEM. */
export interface Certificates {
  readonly authority: string
  readonly certificate: string
  readonly key: string
}

/** Object identifiers of RFC 5280 and RFC 5758. */
const ids = {
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  commonName: "2.5.4.3",
  subjectKey: "2.5.29.14",
  keyUsage: "2.5.29.15",
  alternativeNames: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKey: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuthentication: "1.3.6.1.5.5.7.3.1",
} as const

const aDay = 86_400_000
const nameOf = (text: string) => sequence(set(sequence(objectId(ids.commonName), utf8(text))))
const keyId = (key: Buffer): Buffer => createHash("sha1").update(key).digest()

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(objectId(id), ...(critical ? [yes] : []), octets(value))

/** A DNS name as `[2]`, an address as `[7]`. */
const alternativeName = (name: string): Buffer =>
  isIP(name) === 4
    ? implicit(7, Buffer.from(name.split(".").map(Number)))
    : implicit(2, Buffer.from(name, "ascii"))

interface Subject {
  readonly name: string
  readonly publicKey: Buffer
  readonly extensions: ReadonlyArray<Buffer>
}

interface Issuer {
  readonly name: string
  readonly publicKey: Buffer
  readonly privateKey: KeyObject
}

const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n").trim()}\n-----END CERTIFICATE-----\n`

/** Signs a certificate that is valid from yesterday for a year, by the real clock, as clients check it. */
const issue = (issuer: Issuer, subject: Subject, now: number): string => {
  const algorithm = sequence(objectId(ids.ecdsaWithSha256))
  const version3 = explicit(0, integer(Buffer.from([2])))
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)])
  const content = sequence(
    version3,
    integer(serial),
    algorithm,
    nameOf(issuer.name),
    sequence(utcTime(new Date(now - aDay)), utcTime(new Date(now + 365 * aDay))),
    nameOf(subject.name),
    subject.publicKey,
    explicit(
      3,
      sequence(
        extension(ids.subjectKey, octets(keyId(subject.publicKey))),
        extension(ids.authorityKey, sequence(implicit(0, keyId(issuer.publicKey)))),
        ...subject.extensions,
      ),
    ),
  )
  return pemOf(sequence(content, algorithm, bits(sign("sha256", content, issuer.privateKey))))
}

const newKey = () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  return { privateKey, publicKey: publicKey.export({ type: "spki", format: "der" }) }
}

const signsCertificates = extension(ids.keyUsage, bits(Buffer.from([0x06]), 1), true)
const signsMessages = extension(ids.keyUsage, bits(Buffer.from([0x80]), 7), true)

/** A new authority, and its certificate for these DNS names and IPv4 addresses. */
export const certificatesFor = (names: ReadonlyArray<string>, now: number): Certificates => {
  const own = newKey()
  const server = newKey()
  const issuer: Issuer = { name: "Withings simulator", ...own }
  const authority = issue(
    issuer,
    {
      ...issuer,
      extensions: [extension(ids.basicConstraints, sequence(yes), true), signsCertificates],
    },
    now,
  )
  const certificate = issue(
    issuer,
    {
      name: names[0] ?? "localhost",
      publicKey: server.publicKey,
      extensions: [
        extension(ids.basicConstraints, sequence(), true),
        signsMessages,
        extension(ids.extendedKeyUsage, sequence(objectId(ids.serverAuthentication))),
        extension(ids.alternativeNames, sequence(...names.map(alternativeName))),
      ],
    },
    now,
  )
  const key = server.privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  return { authority, certificate, key }
}
