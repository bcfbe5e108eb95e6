/** The message of a failed request, announced to screen readers; nothing for null. */
export const Failure = ({ message }: { readonly message: string | null }) =>
  message === null ? null : (
    <p class="failed" role="alert">
      {message}
    </p>
  )
