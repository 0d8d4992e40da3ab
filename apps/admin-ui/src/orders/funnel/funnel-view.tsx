import { type Funnel, type FunnelRule } from '@orion/contracts';
import { useState } from 'react';
import { useText } from '../../app/i18n/i18n';
import { Candidates } from './candidates';
import { fallOut } from './fall-out';
import { FunnelRules } from './funnel-rules';
import styles from './funnel.module.css';

interface FunnelViewProps {
  funnel: Funnel;
  /** Assigns another candidate; left out where nothing can be chosen any more. */
  onPick?: (technicianId: string) => void;
}

/** Which candidates passed or failed which rule, and why. */
export function FunnelView({ funnel, onPick }: FunnelViewProps) {
  const { t } = useText();
  const [rule, setRule] = useState<FunnelRule | null>(null);
  const left = funnel.passed.at(-1)?.left ?? 0;
  const candidates =
    rule === null ? funnel.candidates : funnel.candidates.filter((it) => it.failed?.rule === rule);
  return (
    <div className={styles.funnel}>
      <p className={styles.lead}>{t('orders.funnel.lead', { n: funnel.considered, left })}</p>
      <FunnelRules
        considered={funnel.considered}
        results={fallOut(funnel)}
        opened={rule}
        onOpen={(next) => setRule(next === rule ? null : next)}
      />
      <Candidates
        candidates={candidates}
        chosen={funnel.chosen}
        only={rule}
        onAll={() => setRule(null)}
        onPick={onPick}
      />
    </div>
  );
}
