import { UnstyledButton } from '@mantine/core';
import { type FunnelRule } from '@orion/contracts';
import { useText } from '../../app/i18n/i18n';
import { type RuleResult } from './fall-out';
import styles from './funnel.module.css';

interface FunnelRulesProps {
  considered: number;
  results: RuleResult[];
  opened: FunnelRule | null;
  onOpen: (rule: FunnelRule) => void;
}

export function FunnelRules({ considered, results, opened, onOpen }: FunnelRulesProps) {
  const { t } = useText();
  return (
    <table className={styles.table}>
      <caption>{t('orders.funnel.rules')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('orders.funnel.rule')}</th>
          <th scope="col">{t('orders.funnel.passed')}</th>
          <th scope="col">{t('orders.funnel.failed')}</th>
        </tr>
      </thead>
      <tbody>
        {results.map(({ rule, passed, failed }) => {
          const name = t(`orders.funnel.RULES.${rule}`);
          return (
            <tr key={rule}>
              <th scope="row">{name}</th>
              <td className={styles.passed}>
                <span
                  className={styles.bar}
                  style={{ width: `${(100 * passed) / Math.max(1, considered)}%` }}
                  aria-hidden
                />
                <span className={styles.figure}>{passed}</span>
              </td>
              <td>
                {failed === 0 ? (
                  <span className={styles.zero}>0</span>
                ) : (
                  <UnstyledButton
                    className={styles.failed}
                    aria-pressed={opened === rule}
                    aria-label={t('orders.funnel.showFailed', { n: failed, rule: name })}
                    onClick={() => onOpen(rule)}
                  >
                    {failed}
                  </UnstyledButton>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
