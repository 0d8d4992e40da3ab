import { Button } from '@mantine/core';
import { useText } from '../app/i18n/i18n';
import { Notice } from './notice';
import { problemText } from './problem';

interface ProblemNoticeProps {
  error: unknown;
  /** What the person was doing; the problem's own title if left out. */
  title?: string;
  retry?: () => void;
}

export function ProblemNotice({ error, title, retry }: ProblemNoticeProps) {
  const { t } = useText();
  const text = problemText(error, t);
  return (
    <Notice tone="bad" role="alert" title={title ?? text.title}>
      <p>{title ? `${text.title}. ${text.next}` : text.next}</p>
      {text.reference && <p>{t('common.reference', { id: text.reference })}</p>}
      {retry && (
        <Button variant="default" size="sm" onClick={retry}>
          {t('common.tryAgain')}
        </Button>
      )}
    </Notice>
  );
}
