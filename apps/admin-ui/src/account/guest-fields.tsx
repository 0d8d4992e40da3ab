import { Checkbox, TextInput } from '@mantine/core';
import { useText } from '../app/i18n/i18n';
import { NewPasswordInput } from './new-password-input';

export interface Guest {
  name: string;
  password: string;
}

interface GuestFieldsProps {
  value: Guest;
  onChange: (value: Guest) => void;
}

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
      <NewPasswordInput
        label={t('invitation.password')}
        value={value.password}
        onChange={(password) => onChange({ ...value, password })}
      />
      <Checkbox required label={t('invitation.terms')} />
    </>
  );
}
