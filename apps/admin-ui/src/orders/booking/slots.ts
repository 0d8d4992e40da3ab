import { type AvailableSlot, type SlotRule } from '@orion/contracts';
import { type z } from 'zod';
import { dayKey } from '../../shared/time';

export type Slot = z.output<typeof AvailableSlot>;

/** Free starts by their day in the order's time zone, in the order they came. */
export function byDay(slots: readonly Slot[], timeZone: string): Map<string, Slot[]> {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) {
    const key = dayKey(slot.startsAt, timeZone);
    days.set(key, [...(days.get(key) ?? []), slot]);
  }
  return days;
}

/** The rules that block most starts, the strongest first, at most three. */
export function strongest(blocked: readonly { rules: Partial<Record<SlotRule, number>> }[] = []): SlotRule[] {
  const sums = new Map<SlotRule, number>();
  for (const { rules } of blocked) {
    for (const [rule, count] of Object.entries(rules) as [SlotRule, number][]) {
      sums.set(rule, (sums.get(rule) ?? 0) + count);
    }
  }
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([rule]) => rule);
}
