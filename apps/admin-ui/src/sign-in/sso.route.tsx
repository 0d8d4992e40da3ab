import { Button, TextInput } from '@mantine/core';
import { startSignOn } from '@orion/contracts';
import { createLazyRoute, Link, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../app/i18n/i18n';
import { safeReturn } from '../app/return-to';
import { useSession } from '../session/session-context';
import { useApi } from '../shared/api-context';
import { useLeave } from '../shared/leave-context';
import { useAttempt } from '../shared/use-attempt';
import { Waiting } from '../shared/waiting';
import { EntryFrame } from './entry-frame';
import { keepJourney, takeJourney } from './journey';
import { SignInFailureNotice } from './sign-in-failure-notice';
import { NotSignedOn } from './sign-in-failure';
import styles from './sign-in.module.css';

export const Route = createLazyRoute('/sign-in/sso')({ component: SsoScreen });

function SsoScreen() {
  const { t } = useText();
  const { code, state, error } = useSearch({ from: '/sign-in/sso' });
  const returned = code !== undefined && state !== undefined;
  return (
    <EntryFrame title={t('signIn.sso')}>
      {returned ? (
        <Returned code={code} state={state} />
      ) : (
        <ToProvider refused={error === undefined ? null : new NotSignedOn()} />
      )}
      <p>
        <Link to="/sign-in">{t('signIn.byPassword')}</Link>
      </p>
    </EntryFrame>
  );
}

/** Asks for the address, whose domain tells the provider. */
function ToProvider({ refused }: { refused: unknown }) {
  const { t } = useText();
  const api = useApi();
  const leave = useLeave();
  const { returnTo } = useSearch({ from: '/sign-in/sso' });
  const [email, setEmail] = useState('');
  const { busy, failure, done, run } = useAttempt(async () => {
    const { authorizationUrl, attempt } = await api.call(startSignOn, { body: { email } });
    keepJourney(sessionStorage, { attempt, returnTo });
    leave(authorizationUrl);
  });
  return (
    <form className={styles.form} method="post" onSubmit={run}>
      <SignInFailureNotice failure={failure ?? (busy ? null : refused)} />
      <p>{t('signIn.ssoLead')}</p>
      <TextInput
        type="email"
        size="md"
        required
        label={t('signIn.email')}
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Button type="submit" size="md" fullWidth aria-disabled={busy || done !== null}>
        {t(busy || done ? 'signIn.leaving' : 'signIn.proceed')}
      </Button>
    </form>
  );
}

/** Finishes what this tab began, without being asked. */
function Returned({ code, state }: { code: string; state: string }) {
  const { t } = useText();
  const session = useSession();
  const { history } = useRouter();
  const { iss } = useSearch({ from: '/sign-in/sso' });
  const [failure, setFailure] = useState<unknown>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const journey = takeJourney(sessionStorage);
    const signedOn = journey
      ? session.signOn({ attempt: journey.attempt, code, state, ...(iss === undefined ? {} : { iss }) })
      : Promise.reject(new NotSignedOn());
    signedOn.then(() => history.push(safeReturn(journey?.returnTo)), setFailure);
  }, [code, state, iss, session, history]);
  if (failure === null) return <Waiting />;
  return (
    <>
      <SignInFailureNotice failure={failure} />
      <p>
        <Link to="/sign-in/sso">{t('signIn.again')}</Link>
      </p>
    </>
  );
}
