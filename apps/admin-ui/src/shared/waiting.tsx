import { Loader } from '@mantine/core';
import { useText } from '../app/i18n/i18n';
import styles from './waiting.module.css';

/** Shown where an answer is awaited; appears only after a moment, so that quick answers do not flicker. */
export function Waiting({ label }: { label?: string }) {
  const { t } = useText();
  return (
    <div role="status" className={styles.waiting}>
      <Loader size="sm" aria-hidden />
      <span>{label ?? t('common.loading')}</span>
    </div>
  );
}
