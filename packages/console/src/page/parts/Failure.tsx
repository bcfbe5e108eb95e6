/** Why the bridge refused, read out by a screen reader at once; nothing while all is well. */
export const Failure = ({ message }: { readonly message: string | null }) =>
  message === null ? null : (
    <p class="failed" role="alert">
      {message}
    </p>
  )
