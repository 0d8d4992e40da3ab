import { type OrderState } from '@orion/contracts';
import { useText } from '../app/i18n/i18n';
import { Pill } from '../shared/pill';
import { ORDER_TONE } from './order-tone';

export function OrderPill({ state }: { state: OrderState }) {
  const { t } = useText();
  return <Pill tone={ORDER_TONE[state]}>{t(`orders.state.${state}`)}</Pill>;
}
