import { Button } from '@mantine/core';
import { Funnel } from '@orion/contracts';
import { useEffect, useRef } from 'react';
import { useText } from '../../app/i18n/i18n';
import { Notice } from '../../shared/notice';
import { hasCode } from '../../shared/problem';
import { ProblemNotice } from '../../shared/problem-notice';
import { dayAndTime } from '../../shared/time';
import { FunnelView } from '../funnel/funnel-view';
import { alternativesOf } from './alternatives';
import styles from './hold-conflict.module.css';

interface HoldConflictProps {
  error: unknown;
  where: { locale: string; timeZone: string };
  onTake: (startsAt: string) => void;
  onRetry: () => void;
}

/** Says that somebody else was faster, and what is free instead. */
export function HoldConflict({ error, where, onTake, onRetry }: HoldConflictProps) {
  const { t } = useText();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), [error]);
  if (!hasCode(error, 'SLOT_TAKEN', 'NO_CANDIDATE')) {
    return <ProblemNotice error={error} title={t('orders.slots.notHeld')} retry={onRetry} />;
  }
  const funnel = Funnel.safeParse(error.problem['funnel']).data;
  const alternatives = alternativesOf(error.problem);
  return (
    <Notice tone="bad" role="alert" ref={notice} title={t('orders.slots.taken')}>
      <p>{t(alternatives.length > 0 ? 'orders.slots.takenNext' : 'orders.slots.takenNone')}</p>
      <ul className={styles.alternatives}>
        {alternatives.map(({ startsAt }) => (
          <li key={startsAt}>
            <Button variant="default" size="sm" onClick={() => onTake(startsAt)}>
              {t('orders.slots.hold', { at: dayAndTime(startsAt, where) })}
            </Button>
          </li>
        ))}
      </ul>
      {funnel && (
        <details className={styles.why}>
          <summary>{t('orders.slots.why')}</summary>
          <FunnelView funnel={funnel} />
        </details>
      )}
    </Notice>
  );
}
