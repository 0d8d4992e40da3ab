import { Button } from '@mantine/core';
import { searchAvailability } from '@orion/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../app/i18n/i18n';
import { useApi } from '../../shared/api-context';
import { ProblemNotice } from '../../shared/problem-notice';
import { dayAndTime } from '../../shared/time';
import { Waiting } from '../../shared/waiting';
import { type OrderDetail } from '../order';
import { HoldConflict } from './hold-conflict';
import { NoSlots } from './no-slots';
import { SlotGrid } from './slot-grid';
import styles from './slot-picker.module.css';
import { byDay } from './slots';
import { type Booking } from './use-booking';

interface SlotPickerProps {
  order: OrderDetail;
  booking: Booking;
  onHeld: () => void;
}

/** Free starts of an order by day; holding one takes its best technician. */
export function SlotPicker({ order, booking, onHeld }: SlotPickerProps) {
  const { t, locale } = useText();
  const api = useApi();
  const [chosen, setChosen] = useState<{ startsAt: string; key: string } | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['availability', order.id],
    queryFn: ({ signal }) =>
      api.call(searchAvailability, { query: { serviceOrderId: order.id, explain: 'true' } }, { signal }),
  });
  if (isPending) return <Waiting />;
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />;

  const { hold } = booking;
  const where = { locale, timeZone: data.timezone };
  const choose = (startsAt: string) => {
    hold.reset();
    setChosen({ startsAt, key: booking.newKey() });
  };
  const run = (choice: { startsAt: string; key: string }) => {
    setChosen(choice);
    hold.mutate(choice, { onSuccess: onHeld });
  };
  const days = byDay(data.slots, data.timezone);
  return (
    <div className={styles.picker}>
      {hold.error && (
        <HoldConflict
          error={hold.error}
          where={where}
          onTake={(startsAt) => run({ startsAt, key: booking.newKey() })}
          onRetry={() => chosen && run(chosen)}
        />
      )}
      {days.size === 0 ? (
        <NoSlots blocked={data.blocked} />
      ) : (
        <>
          <SlotGrid days={days} where={where} chosen={chosen?.startsAt} onChoose={choose} />
          <Button
            className={styles.hold}
            aria-disabled={!chosen || hold.isPending}
            data-disabled={!chosen || undefined}
            onClick={() => chosen && !hold.isPending && run(chosen)}
          >
            {hold.isPending
              ? t('orders.detail.working')
              : chosen
                ? t('orders.slots.hold', { at: dayAndTime(chosen.startsAt, where) })
                : t('orders.slots.holdNone')}
          </Button>
        </>
      )}
    </div>
  );
}
