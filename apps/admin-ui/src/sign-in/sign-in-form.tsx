import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { Credentials } from '@orion/contracts';
import { useForm } from 'react-hook-form';
import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../app/i18n/i18n';
import { useSession } from '../session/session-context';
import { OrganizationChoice, type Asked, type Enter } from './organization-choice';
import { knowsPasskeys, signWithPasskey } from './passkey';
import { type AskedCode, SecondStep } from './second-step';
import { codeAsked } from './sign-in-failure';
import { SignInFailureNotice } from './sign-in-failure-notice';
import styles from './sign-in.module.css';

const Form = Credentials.pick({ email: true, password: true, remember: true });

/** E-mail and password, or a passkey; keeps what was typed on failure and moves the focus to what went wrong. */
export function SignInForm({ organizationId }: { organizationId?: string }) {
  const { t } = useText();
  const session = useSession();
  const [failure, setFailure] = useState<unknown>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [code, setCode] = useState<AskedCode | null>(null);
  const notice = useRef<HTMLDivElement>(null);
  const [signing, setSigning] = useState(false);
  const { register, handleSubmit, getValues, formState } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { email: '', password: '', remember: false },
  });
  const { errors, isSubmitting } = formState;

  useEffect(() => {
    if (failure !== null) notice.current?.focus();
  }, [failure]);

  const attempt = async (enter: Enter) => {
    setFailure(null);
    try {
      const choices = await enter(organizationId);
      if (choices.length > 0) setAsked({ enter, choices });
    } catch (error) {
      const code = codeAsked(error);
      if (code) setCode(code);
      else setFailure(error);
    }
  };
  const submit = handleSubmit(async (values) => {
    if (isSubmitting) return;
    await attempt((chosen) => session.signIn({ ...values, organizationId: chosen }));
  });
  const byPasskey = async () => {
    if (signing) return;
    setSigning(true);
    const { remember } = getValues();
    await attempt((chosen) =>
      session.signInWithPasskey(signWithPasskey, { remember, organizationId: chosen }),
    );
    setSigning(false);
  };

  if (code) return <SecondStep {...code} onBack={() => setCode(null)} />;
  if (asked) {
    return <OrganizationChoice {...asked} onBack={() => setAsked(null)} onCode={(it) => setCode(it)} />;
  }
  return (
    <form className={styles.form} noValidate method="post" onSubmit={submit}>
      <SignInFailureNotice failure={failure} ref={notice} />
      <TextInput
        {...register('email')}
        type="email"
        size="md"
        label={t('signIn.email')}
        autoComplete="username"
        error={errors.email && t('signIn.emailNeeded')}
      />
      <PasswordInput
        {...register('password')}
        size="md"
        label={t('signIn.password')}
        autoComplete="current-password"
        error={errors.password && t('signIn.passwordNeeded')}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0, 'aria-hidden': false }}
      />
      <Checkbox {...register('remember')} label={t('signIn.remember')} />
      <Button
        type="submit"
        size="md"
        fullWidth
        aria-disabled={isSubmitting}
        data-busy={isSubmitting || undefined}
      >
        {t(isSubmitting ? 'signIn.submitting' : 'signIn.submit')}
      </Button>
      {knowsPasskeys() && (
        <Button
          variant="default"
          size="md"
          fullWidth
          aria-disabled={signing}
          onClick={() => void byPasskey()}
        >
          {t(signing ? 'signIn.submitting' : 'signIn.passkey')}
        </Button>
      )}
    </form>
  );
}
