import { useText } from '../../app/i18n/i18n';
import { dayAndTime, zoneName } from '../../shared/time';
import { type OrderDetail } from '../order';
import { useWhere } from '../use-order';
import { type NextStep } from './next-step';

/** What the next step is called and what it does. */
export function useStepText(order: OrderDetail, step: NextStep): { title: string; lead: string } {
  const { t } = useText();
  const where = useWhere(order);
  const startsAt = order.booking?.startsAt;
  const at = startsAt ? `${dayAndTime(startsAt, where)} ${zoneName(startsAt, where)}` : '';
  const technician = order.booking?.technicianName ?? '';
  const from = t(`orders.state.${order.state}`);
  switch (step.kind) {
    case 'find':
      return { title: t('orders.step.find'), lead: t('orders.step.findLead') };
    case 'confirm':
      return { title: t('orders.step.confirm'), lead: t('orders.step.confirmLead', { technician, at }) };
    case 'assign':
      return { title: t('orders.step.assign', { technician }), lead: t('orders.step.assignLead', { at }) };
    case 'move': {
      const state = t(`orders.state.${step.to}`);
      return { title: t('orders.step.move', { state }), lead: t('orders.step.moveLead', { from, state }) };
    }
    case 'done':
      return { title: t('orders.step.done'), lead: t('orders.step.doneLead', { state: from }) };
  }
}
