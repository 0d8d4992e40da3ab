import { type Reply, type searchAvailability } from '@orion/contracts';
import { useText } from '../../app/i18n/i18n';
import { Notice } from '../../shared/notice';
import { strongest } from './slots';

/** Nobody is free: says which rules stand in the way. */
export function NoSlots({ blocked }: { blocked: Reply<typeof searchAvailability>['blocked'] }) {
  const { t, locale } = useText();
  const rules = strongest(blocked).map((rule) => t(`orders.slots.rule.${rule}`));
  return (
    <Notice tone="waiting" title={t('orders.slots.none')}>
      <p>
        {rules.length > 0
          ? t('orders.slots.noneNext', { rules: new Intl.ListFormat(locale).format(rules) })
          : t('orders.slots.noneNextPlain')}
      </p>
    </Notice>
  );
}
