import { Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useText } from '../app/i18n/i18n';

export interface Guest {
  name: string;
  password: string;
}

interface GuestFieldsProps {
  value: Guest;
  onChange: (value: Guest) => void;
}

const SHORTEST = 12;

/** What somebody without an account is asked for. */
export function GuestFields({ value, onChange }: GuestFieldsProps) {
  const { t } = useText();
  return (
    <>
      <TextInput
        size="md"
        required
        maxLength={200}
        label={t('invitation.name')}
        autoComplete="name"
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      <PasswordInput
        size="md"
        required
        minLength={SHORTEST}
        label={t('invitation.password')}
        autoComplete="new-password"
        value={value.password}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0, 'aria-hidden': false }}
      />
      <Checkbox required label={t('invitation.terms')} />
    </>
  );
}
