import { describe, expect, it } from '@jest/globals';
import { bookingConfirmed, EVENTS, schedulingRecordChanged, sessionEnded } from '@orion/contracts';
import { ActivityConsumer } from './activity.consumer';
import type { ActivityRepository } from './activity.repository';

describe('the feed', () => {
  it('hears of what happens, not of accounts and of what is for the audit log alone', () => {
    const { events } = new ActivityConsumer({} as ActivityRepository);
    expect(events).toContain(bookingConfirmed);
    expect(events).not.toContain(sessionEnded);
    expect(events).not.toContain(schedulingRecordChanged);
    expect(EVENTS.filter((it) => it.audit).map((it) => it.type)).toEqual([
      'orion.auth.record.changed.v1',
      'orion.user.record.changed.v1',
      'orion.scheduling.record.changed.v1',
      'orion.notification.record.changed.v1',
    ]);
  });
});
