import { Button } from '@mantine/core';
import { useText } from '../../app/i18n/i18n';
import { type Candidate } from './candidate';
import styles from './funnel.module.css';

const PARTS = ['distance', 'load', 'fairness', 'fit', 'idle'] as const;

/** Why a candidate failed, or the parts of its score. */
export function CandidateWhy({
  candidate,
  onPick,
}: {
  candidate: Candidate;
  onPick?: (technicianId: string) => void;
}) {
  const { t, locale } = useText();
  const { failed, score, technicianId, name } = candidate;
  const part = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const km = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  if (failed) return <p className={styles.reason}>{failed.reason}</p>;
  if (!score) return null;
  const parts = PARTS.flatMap((it) => (score[it] === undefined ? [] : [[it, score[it]] as const]));
  return (
    <div className={styles.parts}>
      <p className={styles.lead}>{t('orders.funnel.partsLead')}</p>
      <dl>
        {parts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`orders.funnel.${name}`)}</dt>
            <dd>
              <span className={styles.meter} aria-hidden>
                <span style={{ width: `${100 * Math.min(1, Math.max(0, value))}%` }} />
              </span>
              {part.format(value)}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('orders.funnel.detour')}</dt>
          <dd>{t('orders.funnel.km', { value: km.format(score.detourKm) })}</dd>
        </div>
      </dl>
      {onPick && (
        <Button size="sm" variant="default" onClick={() => onPick(technicianId)}>
          {t('orders.step.assign', { technician: name })}
        </Button>
      )}
    </div>
  );
}
