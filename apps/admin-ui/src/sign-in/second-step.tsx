import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../app/i18n/i18n';
import { useSession } from '../session/session-context';
import { Notice } from '../shared/notice';
import { useAttempt } from '../shared/use-attempt';
import { SignInFailureNotice } from './sign-in-failure-notice';
import styles from './sign-in.module.css';

export interface AskedCode {
  challenge: string;
  /** Whether the person has an authenticator; otherwise one is set up now. */
  setUp: boolean;
}

/** Asks for a code of the authenticator, or helps to set one up where the organization asks for it. */
export function SecondStep({ challenge, setUp, onBack }: AskedCode & { onBack: () => void }) {
  const { t } = useText();
  const session = useSession();
  const [answer, setAnswer] = useState('');
  const [secret, setSecret] = useState('');
  const [noSecret, setNoSecret] = useState<unknown>(null);
  const { busy, failure, run } = useAttempt(() => {
    setNoSecret(null);
    return session.secondStep(challenge, answer);
  });
  useEffect(() => {
    if (!setUp) session.enrol(challenge).then((it) => setSecret(it.secret), setNoSecret);
  }, [challenge, setUp, session]);

  return (
    <form className={styles.form} method="post" onSubmit={run}>
      <SignInFailureNotice failure={failure ?? noSecret} />
      {secret !== '' && (
        <Notice tone="waiting" title={t('signIn.setUp')}>
          <p>{t('signIn.setUpNext')}</p>
          <code>{secret}</code>
        </Notice>
      )}
      <TextInput
        size="md"
        required
        autoFocus
        label={t(setUp ? 'signIn.code' : 'signIn.firstCode')}
        autoComplete="one-time-code"
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      <Button type="submit" size="md" fullWidth aria-disabled={busy}>
        {t(busy ? 'signIn.submitting' : 'signIn.proceed')}
      </Button>
      <Button variant="subtle" fullWidth onClick={onBack}>
        {t('signIn.back')}
      </Button>
    </form>
  );
}
