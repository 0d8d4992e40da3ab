import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../app/i18n/i18n';
import { type Choice } from '../session/session';
import { useAttempt } from '../shared/use-attempt';
import { type AskedCode } from './second-step';
import { codeAsked } from './sign-in-failure';
import { SignInFailureNotice } from './sign-in-failure-notice';
import styles from './sign-in.module.css';

/** Signs in to an organization; answers with those to choose from where none is named and there are several. */
export type Enter = (organizationId?: string) => Promise<Choice[]>;

export interface Asked {
  enter: Enter;
  choices: Choice[];
}

/** Asks a person of several organizations which one this tab is for. */
export function OrganizationChoice({
  enter,
  choices,
  onBack,
  onCode,
}: Asked & { onBack: () => void; onCode: (asked: AskedCode) => void }) {
  const { t } = useText();
  const [chosen, setChosen] = useState(choices[0]?.id);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const { busy, failure, run } = useAttempt(() =>
    enter(chosen).catch((error: unknown) => {
      const code = codeAsked(error);
      if (!code) throw error;
      onCode(code);
    }),
  );
  return (
    <form className={styles.form} method="post" onSubmit={run}>
      <SignInFailureNotice failure={failure} />
      <fieldset className={styles.choices}>
        <legend>{t('signIn.which')}</legend>
        {choices.map(({ id, name }, at) => (
          <label key={id} className={styles.choice}>
            <input
              ref={at === 0 ? first : undefined}
              type="radio"
              name="organization"
              value={id}
              checked={id === chosen}
              onChange={() => setChosen(id)}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <Button type="submit" size="md" fullWidth aria-disabled={busy}>
        {t(busy ? 'signIn.submitting' : 'signIn.proceed')}
      </Button>
      <Button variant="subtle" fullWidth onClick={onBack}>
        {t('signIn.back')}
      </Button>
    </form>
  );
}
