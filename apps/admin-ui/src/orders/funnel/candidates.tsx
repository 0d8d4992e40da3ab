import { Button } from '@mantine/core';
import { type FunnelRule } from '@orion/contracts';
import { useState } from 'react';
import { useText } from '../../app/i18n/i18n';
import { type Candidate } from './candidate';
import { CandidateRow } from './candidate-row';
import styles from './funnel.module.css';

interface CandidatesProps {
  candidates: Candidate[];
  chosen: string | null;
  only: FunnelRule | null;
  onAll: () => void;
  onPick?: (technicianId: string) => void;
}

const FIRST = 8;

export function Candidates({ candidates, chosen, only, onAll, onPick }: CandidatesProps) {
  const { t } = useText();
  const [all, setAll] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const ranked = [...candidates].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
  const shown = all || only ? ranked : ranked.slice(0, FIRST);
  return (
    <div>
      <table className={styles.table}>
        <caption>
          {only
            ? t('orders.funnel.only', { rule: t(`orders.funnel.RULES.${only}`) })
            : t('orders.funnel.candidates')}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('orders.funnel.rank')}</th>
            <th scope="col">{t('orders.funnel.name')}</th>
            <th scope="col">{t('orders.funnel.result')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((candidate) => (
            <CandidateRow
              key={candidate.technicianId}
              candidate={candidate}
              chosen={candidate.technicianId === chosen}
              open={opened === candidate.technicianId}
              onToggle={() => setOpened(opened === candidate.technicianId ? null : candidate.technicianId)}
              onPick={onPick}
            />
          ))}
        </tbody>
      </table>
      {only && (
        <Button variant="subtle" size="sm" onClick={onAll}>
          {t('orders.funnel.allCandidates')}
        </Button>
      )}
      {shown.length < ranked.length && (
        <Button variant="subtle" size="sm" onClick={() => setAll(true)}>
          {t('orders.funnel.allCandidates')}
        </Button>
      )}
    </div>
  );
}
