import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode } from 'react';
import { useText } from '../app/i18n/i18n';
import { EntryFrame } from '../sign-in/entry-frame';
import { Notice } from '../shared/notice';
import { useAttempt } from '../shared/use-attempt';
import styles from '../sign-in/sign-in.module.css';
import { AccountFailure } from './account-failure';

interface LinkScreenProps {
  title: string;
  lead: string;
  action: string;
  /** Fields the person fills in. */
  children?: ReactNode;
  /** @returns what to say when it worked */
  work: () => Promise<string>;
}

/** Asks for one press of a button: mail scanners follow links, and must not use them up. */
export function LinkScreen({ title, lead, action, children, work }: LinkScreenProps) {
  const { t } = useText();
  const { busy, failure, done, run } = useAttempt(work);
  return (
    <EntryFrame title={title}>
      {done ? (
        <Notice tone="done" role="status" title={done.value} />
      ) : (
        <form className={styles.form} method="post" onSubmit={run}>
          <p>{lead}</p>
          <AccountFailure failure={failure} />
          {children}
          <Button type="submit" size="md" fullWidth aria-disabled={busy}>
            {action}
          </Button>
        </form>
      )}
      <p>
        <Link to="/sign-in">{t('account.toSignIn')}</Link>
      </p>
    </EntryFrame>
  );
}
