import { UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import { useText } from '../../app/i18n/i18n';
import { ChevronIcon } from '../../shared/icons';
import { Pill } from '../../shared/pill';
import { CandidateWhy } from './candidate-why';
import { type Candidate } from './candidate';
import styles from './funnel.module.css';

interface CandidateRowProps {
  candidate: Candidate;
  chosen: boolean;
  open: boolean;
  onToggle: () => void;
  onPick?: (technicianId: string) => void;
}

/** A candidate; opens to say why it failed, or what its score is made of. */
export function CandidateRow({ candidate, chosen, open, onToggle, onPick }: CandidateRowProps) {
  const { t, locale } = useText();
  const id = useId();
  const { rank, name, score, failed } = candidate;
  const figure = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return (
    <>
      <tr data-open={open || undefined}>
        <td>{rank ?? '–'}</td>
        <td>
          <UnstyledButton
            className={styles.open}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={onToggle}
          >
            <span className={styles.chevron} aria-hidden>
              <ChevronIcon size={16} />
            </span>
            {name}
          </UnstyledButton>
        </td>
        <td>
          <span className={styles.result}>
            {chosen && <Pill tone="bound">{t('orders.funnel.chosen')}</Pill>}
            {score && <span>{t('orders.funnel.score', { value: figure.format(score.total) })}</span>}
            {failed && (
              <Pill tone="quiet">
                {t('orders.funnel.failedAt', { rule: t(`orders.funnel.RULES.${failed.rule}`) })}
              </Pill>
            )}
          </span>
        </td>
      </tr>
      {open && (
        <tr className={styles.detail}>
          <td colSpan={3} id={id}>
            <CandidateWhy candidate={candidate} onPick={chosen ? undefined : onPick} />
          </td>
        </tr>
      )}
    </>
  );
}
