import { Bytes } from "@matter/main"
import { TestCert_PAA_NoVID_Cert } from "@matter/main/protocol"

/** The public test root, in DER, that matter.js' attestation certificates chain to. A controller must trust it. */
export const testAuthority: Uint8Array = Bytes.of(TestCert_PAA_NoVID_Cert)
