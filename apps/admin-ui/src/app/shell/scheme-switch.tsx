import { UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { MoonIcon, SunIcon } from '../../shared/icons';
import { useText } from '../i18n/i18n';
import styles from './sidebar.module.css';

export function SchemeSwitch() {
  const { t } = useText();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <UnstyledButton className={styles.item} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
      {dark ? <SunIcon /> : <MoonIcon />}
      {t(dark ? 'common.scheme.toLight' : 'common.scheme.toDark')}
    </UnstyledButton>
  );
}
