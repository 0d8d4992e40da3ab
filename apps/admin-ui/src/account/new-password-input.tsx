import { PasswordInput } from '@mantine/core';
import { useText } from '../app/i18n/i18n';

interface NewPasswordInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const SHORTEST = 12;

/** Where somebody chooses a password. */
export function NewPasswordInput({ label, value, onChange }: NewPasswordInputProps) {
  const { t } = useText();
  return (
    <PasswordInput
      size="md"
      required
      minLength={SHORTEST}
      label={label}
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0, 'aria-hidden': false }}
    />
  );
}
