import { Button } from '@mantine/core';
import { useText } from '../../app/i18n/i18n';
import { type Booking } from '../booking/use-booking';
import { type OrderDetail } from '../order';
import { type NextStep } from './next-step';
import styles from './order.module.css';
import { useStepText } from './step-text';

interface StepActionsProps {
  order: OrderDetail;
  step: NextStep;
  booking: Booking;
  onDone: () => void;
}

/** The buttons of the next step; finding a slot has its own. */
export function StepActions({ order, step, booking, onDone }: StepActionsProps) {
  const { t } = useText();
  const { title } = useStepText(order, step);
  const held = order.booking;
  const { confirm, give, move, release } = booking;
  const busy = [confirm, give, move, release].some((it) => it.isPending);
  const done = { onSuccess: onDone };
  const button = (text: string, run: () => void, variant = 'default') => (
    <Button variant={variant} aria-disabled={busy} onClick={() => !busy && run()}>
      {text}
    </Button>
  );
  const main = (run: () => void) => button(busy ? t('orders.detail.working') : title, run, 'filled');
  const letGo = (text: string) => held && button(text, () => release.mutate(held.id, done));

  if (step.kind === 'confirm' && held) {
    return (
      <div className={styles.actions}>
        {main(() => confirm.mutate(held.id, done))}
        {letGo(t('orders.detail.releaseHold'))}
      </div>
    );
  }
  if (step.kind === 'assign' && held) {
    return (
      <div className={styles.actions}>
        {main(() => give.mutate({ technicianId: held.technicianId, key: booking.newKey() }, done))}
        {button(t('orders.step.assignBest'), () => give.mutate({ key: booking.newKey() }, done))}
        {letGo(t('orders.detail.release'))}
      </div>
    );
  }
  if (step.kind === 'move') {
    const { to, or } = step;
    return (
      <div className={styles.actions}>
        {main(() => move.mutate(to, done))}
        {or && button(t('orders.step.move', { state: t(`orders.state.${or}`) }), () => move.mutate(or, done))}
      </div>
    );
  }
  return null;
}
