import { type Ref } from 'react';
import { useText } from '../app/i18n/i18n';
import { Notice } from '../shared/notice';
import { signInFailure } from './sign-in-failure';

/** Why nobody is signed in; nothing while nothing failed. */
export function SignInFailureNotice({ failure, ref }: { failure: unknown; ref?: Ref<HTMLDivElement> }) {
  const { t } = useText();
  if (failure === null) return null;
  const { title, next } = signInFailure(failure, t);
  return (
    <Notice tone="bad" role="alert" title={title} ref={ref}>
      <p>{next}</p>
    </Notice>
  );
}
