/** A refusal as the API answers it: HTTP 200 with a status that is not 0. */
export class ApiFailure extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Statuses by the families of the API's document; sources are in the README. */
export const invalidToken = (): ApiFailure =>
  new ApiFailure(401, "XRequestID: Not provided invalid_token: The access token provided is invalid")

export const invalidParams = (what: string): ApiFailure => new ApiFailure(503, `Invalid Params: ${what}`)

export const insufficientScope = (): ApiFailure =>
  new ApiFailure(403, "Insufficient_scope: the token does not allow this")

export const notImplemented = (action: string): ApiFailure =>
  new ApiFailure(2554, `Not implemented: unknown action ${JSON.stringify(action)}`)

export const tooManyRequests = (): ApiFailure => new ApiFailure(601, "Too Many Request")

/** Assumed: the limit is documented, its status is not. 2555 belongs to the family "Unauthorized". */
export const tooManyUsers = (most: number): ApiFailure =>
  new ApiFailure(2555, `Unauthorized: this application may link ${most} users`)

export const callbackRejected = (): ApiFailure =>
  new ApiFailure(293, "The callback URL is either absent or incorrect")
