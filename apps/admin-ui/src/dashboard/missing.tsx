import { Button } from '@mantine/core';
import { useText } from '../app/i18n/i18n';
import { Notice } from '../shared/notice';
import { type Overview } from './use-overview';

/** Names the parts of the overview that did not answer. */
export function Missing({ parts, retry }: { parts: Overview['missing']; retry: () => void }) {
  const { t, locale } = useText();
  const names = new Intl.ListFormat(locale).format(parts.map((part) => t(`dashboard.part.${part}`)));
  return (
    <Notice tone="waiting" role="status" title={t('dashboard.missing')}>
      <p>{t('dashboard.missingText', { parts: names })}</p>
      <Button variant="default" size="sm" onClick={retry}>
        {t('common.tryAgain')}
      </Button>
    </Notice>
  );
}
