import { useState } from 'react';
import { useText } from '../../app/i18n/i18n';
import { longDay, shortDay, timeOnly, zoneName } from '../../shared/time';
import styles from './slot-picker.module.css';
import { type Slot } from './slots';

interface SlotGridProps {
  days: Map<string, Slot[]>;
  where: { locale: string; timeZone: string };
  chosen: string | undefined;
  onChoose: (startsAt: string) => void;
}

/** Days, and the free starts of the one that is open: both are radio buttons, so arrow keys walk through them. */
export function SlotGrid({ days, where, chosen, onChoose }: SlotGridProps) {
  const { t } = useText();
  const [opened, setOpened] = useState<string | null>(null);
  const [first = ''] = days.keys();
  const day = opened !== null && days.has(opened) ? opened : first;
  const slots = days.get(day) ?? [];
  const start = slots[0]?.startsAt ?? '';
  return (
    <>
      {days.size > 1 && (
        <fieldset className={styles.days}>
          <legend>{t('orders.slots.day')}</legend>
          {[...days].map(([key, [slot]]) => (
            <label key={key} className={styles.choice}>
              <input
                type="radio"
                name="day"
                value={key}
                checked={key === day}
                onChange={() => setOpened(key)}
              />
              <span>{slot && shortDay(slot.startsAt, where)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <fieldset className={styles.starts}>
        <legend>{`${t('orders.slots.title')}: ${longDay(start, where)} (${zoneName(start, where)})`}</legend>
        {slots.map(({ startsAt, technicians }) => (
          <label key={startsAt} className={styles.choice}>
            <input
              type="radio"
              name="start"
              value={startsAt}
              checked={chosen === startsAt}
              onChange={() => onChoose(startsAt)}
              aria-label={`${timeOnly(startsAt, where)}, ${t('orders.slots.technicians', { count: technicians })}`}
            />
            <span>
              {timeOnly(startsAt, where)}
              <small aria-hidden>{technicians}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
