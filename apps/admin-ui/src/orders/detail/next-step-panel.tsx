import { useRef } from 'react';
import { useText } from '../../app/i18n/i18n';
import { Panel } from '../../shared/panel';
import { ProblemNotice } from '../../shared/problem-notice';
import { SlotPicker } from '../booking/slot-picker';
import { type Booking } from '../booking/use-booking';
import { type OrderDetail } from '../order';
import { CancelOrder } from './cancel-order';
import { cancellable, nextStep } from './next-step';
import styles from './order.module.css';
import { StepActions } from './step-actions';
import { useStepText } from './step-text';

/** The one thing to do next, and the ways out. */
export function NextStepPanel({ order, booking }: { order: OrderDetail; booking: Booking }) {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const step = nextStep(order);
  const { title, lead } = useStepText(order, step);
  const error = [booking.confirm, booking.release, booking.give, booking.move].find((it) => it.error)?.error;
  const done = () => heading.current?.focus();
  return (
    <Panel
      title={`${t('orders.detail.next')}: ${title}`}
      prominent={step.kind !== 'done'}
      headingRef={heading}
      aside={cancellable(order.state) && <CancelOrder order={order} onDone={done} />}
    >
      <p className={styles.step}>{lead}</p>
      {step.kind === 'find' && <SlotPicker order={order} booking={booking} onHeld={done} />}
      <StepActions order={order} step={step} booking={booking} onDone={done} />
      {error && (
        <div className={styles.problem}>
          <ProblemNotice error={error} />
        </div>
      )}
    </Panel>
  );
}
